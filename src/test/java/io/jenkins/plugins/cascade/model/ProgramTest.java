package io.jenkins.plugins.cascade.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private final PtNDManager manager = Engine.newManager(Device.cpu());

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aMethodWrittenAsTextRuns() {
        Program program = new Program(manager, "  def twice(self, x: int) -> int:\n    return x * 2\n");
        try (IValue x = IValue.from(21L);
                IValue result = program.run("twice", x)) {
            assertEquals(42, result.toLong());
        }
    }

    @Test
    void textThatDoesNotCompileIsAnErrorThatShowsTheLine() {
        ModelException e = assertThrows(
                ModelException.class,
                () -> new Program(manager, "  def f(self, x: Tensor) -> Tensor:\n    return torch.no_such_thing(x)\n"));
        assertTrue(e.getMessage().contains("no_such_thing"), e.getMessage());
    }

    @Test
    void anAllocationThatTheMachineCannotMakeIsToldApart() {
        Program program = new Program(manager, "  def f(self, n: int) -> Tensor:\n    return torch.zeros([n])\n");
        try (IValue n = IValue.from(1L << 50)) {
            assertThrows(OutOfDeviceMemoryException.class, () -> program.run("f", n));
        }
    }

    @Test
    void noMarkerIsLeftInTheProgramOfAnyFamily() {
        for (String family : new String[] {"llama", "llama_biased", "qwen2", "qwen3"}) {
            ModelConfig config = ModelConfig.read(new Reference(family).folder());
            for (ElementType precision : new ElementType[] {ElementType.F32, ElementType.BF16}) {
                for (DecoderSource.Head head : DecoderSource.Head.values()) {
                    assertFalse(DecoderSource.of(config, head, precision).contains("$"), family);
                }
            }
        }
    }

    @Test
    void theProgramOfAnAdapterHasItsTargetsAdaptedAndNoMarkerLeft() {
        ModelConfig config = ModelConfig.read(new Reference("qwen2").folder());
        LoraConfig lora = new LoraConfig(2, 4, List.of("v_proj", "up_proj"), 0.1);
        for (DecoderSource.Head head : DecoderSource.Head.values()) {
            String text = DecoderSource.adapted(config, head, ElementType.BF16, lora);
            assertFalse(text.contains("$"));
            assertEquals(1 + 2, text.split("self\\.adapted\\(").length);
        }
    }
}
