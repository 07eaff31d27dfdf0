package io.jenkins.plugins.cascade.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

/** That the numbers stay bfloat16's is what {@link Bf16Test} shows on a processor without AVX-512. */
class WideProductsTest {
    private static final String CALL = "  def f(self, x: Tensor) -> Tensor:\n    return torch.linear(x, x)\n";

    @Test
    void everyProductIsWidened() {
        String widened = WideProducts.widened(CALL);

        assertTrue(widened.contains("return self.product(x, x)"), widened);
        assertTrue(widened.contains("def product("), widened);
    }

    @Test
    void float32AndGpusKeepTheirOwn() {
        assertEquals(CALL, WideProducts.in(CALL, Compute.CPU));
        assertEquals(CALL, WideProducts.in(CALL, new Compute(Device.gpu(0), ElementType.BF16)));
    }

    @Test
    void libtorchCompilesTheWidenedPrograms() {
        ModelConfig config = ModelConfig.read(new Reference("qwen2").folder());
        String text = WideProducts.widened(DecoderSource.of(config, DecoderSource.Head.LANGUAGE, ElementType.BF16));

        assertFalse(text.contains("= torch.linear(h"), "a product is left");
        try (var manager = Engine.newManager(Device.cpu());
                Program program = new Program(manager, text)) {
            assertEquals("Program", program.getClass().getSimpleName());
        }
    }
}
