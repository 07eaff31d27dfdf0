package io.jenkins.plugins.cascade.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
    @TempDir
    Path temporary;

    private Path file;

    @BeforeEach
    void name() {
        file = temporary.resolve("model.safetensors");
    }

    @Test
    void everyBitOfEveryFloatSurvives() {
        int[] bits = {
            0, 0x80000000, 1, 0x007fffff, 0x3f800000, 0x7f7fffff, 0x7f800000, 0xff800000, 0x7fc00001, 0x12345678
        };
        float[] values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Float.intBitsToFloat(bits[i]);
        }
        try (PtNDManager manager = Engine.newManager(Device.cpu())) {
            PtNDArray tensor = (PtNDArray) manager.create(values, new Shape(2, 5));
            SafetensorsWriter.write(file, Map.of("a", tensor), Map.of("steps", "7"));
        }
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertEquals(new Shape(2, 5), read.shape("a"));
            assertEquals("7", read.metadata().get("steps"));
        }
        float[] again = Reference.read(file).get("a");
        for (int i = 0; i < bits.length; i++) {
            assertEquals(bits[i], Float.floatToRawIntBits(again[i]), "value " + i);
        }
    }

    @Test
    void bfloat16AndHalfPrecisionAreWidenedExactly() throws IOException {
        // 1, -2, the largest number, infinity and the smallest subnormal number of each type.
        write("BF16", new short[] {0x3f80, (short) 0xc000, 0x7f7f, 0x7f80, 0x0001});
        assertArrayEquals(
                new float[] {1, -2, 0x1.FEp127f, Float.POSITIVE_INFINITY, 0x1p-133f},
                Reference.read(file).get("a"));
        write("F16", new short[] {0x3c00, (short) 0xc000, 0x7bff, 0x7c00, 0x0001});
        assertArrayEquals(
                new float[] {1, -2, 65504, Float.POSITIVE_INFINITY, 0x1p-24f},
                Reference.read(file).get("a"));
    }

    @Test
    void everyNumberOfATypeIsWrittenAsItself() {
        for (ElementType type : new ElementType[] {ElementType.BF16, ElementType.F16}) {
            ByteBuffer all = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
            for (int bits = 0; bits < 1 << 16; bits++) {
                all.putShort((short) bits);
            }
            FloatBuffer wide = FloatBuffer.allocate(1 << 16);
            type.widen(all.flip(), wide);
            ByteBuffer again = ByteBuffer.allocate(2 << 16).order(ByteOrder.LITTLE_ENDIAN);
            type.narrow(wide.flip(), again);
            for (int bits = 0; bits < 1 << 16; bits++) {
                if (!Float.isNaN(wide.get(bits))) {
                    assertEquals((short) bits, again.getShort(2 * bits), type + " " + Integer.toHexString(bits));
                }
            }
        }
    }

    /** Half way between neighbours a number goes to the even one, and past it to the farther one. */
    @Test
    void numbersBetweenAreRoundedToTheNearestAndToEven() {
        for (ElementType type : new ElementType[] {ElementType.BF16, ElementType.F16}) {
            float largest = type == ElementType.BF16 ? 0x1.FEp127f : 65504;
            for (int bits = 0; number(type, bits) < largest; bits++) {
                double low = number(type, bits);
                float middle = (float) ((low + number(type, bits + 1)) / 2);
                assertEquals(bits + (bits & 1), bits(type, middle), "middle after " + low);
                assertEquals(bits, bits(type, Math.nextDown(middle)), "below the middle after " + low);
                assertEquals(bits + 1, bits(type, Math.nextUp(middle)), "above the middle after " + low);
                assertEquals(bits | 0x8000, bits(type, -Math.nextDown(middle)), "negative after " + low);
            }
        }
        assertEquals(0x7c00, bits(ElementType.F16, 65520));
        assertEquals(0x7bff, bits(ElementType.F16, Math.nextDown(65520f)));
        assertTrue(Float.isNaN(number(ElementType.BF16, bits(ElementType.BF16, Float.intBitsToFloat(0x7f800001)))));
        assertTrue(Float.isNaN(number(ElementType.F16, bits(ElementType.F16, Float.NaN))));
    }

    private static float number(ElementType type, int bits) {
        FloatBuffer wide = FloatBuffer.allocate(1);
        type.widen(
                ByteBuffer.allocate(2)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort((short) bits)
                        .flip(),
                wide);
        return wide.get(0);
    }

    private static int bits(ElementType type, float value) {
        ByteBuffer narrow = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        type.narrow(FloatBuffer.wrap(new float[] {value}), narrow);
        return narrow.getShort(0) & 0xffff;
    }

    @Test
    void aNumberThatHalfPrecisionLacksIsRefusedByItsTensor() {
        try (PtNDManager manager = Engine.newManager(Device.cpu())) {
            PtNDArray tensor = (PtNDArray) manager.create(new float[] {1, 70_000});
            Map<String, PtNDArray> tensors = Map.of("model.norm.weight", tensor);
            ModelException e = assertThrows(
                    ModelException.class, () -> SafetensorsWriter.write(file, tensors, Map.of(), ElementType.F16));
            assertTrue(e.getMessage().contains("model.norm.weight holds 70000"), e.getMessage());
        }
    }

    private void write(String type, short[] values) throws IOException {
        String header = "{\"a\":{\"dtype\":\"" + type + "\",\"shape\":[5],\"data_offsets\":[0,10]}}";
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 10).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        for (short value : values) {
            bytes.putShort(value);
        }
        Files.write(file, bytes.array());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}; does not lie within the file",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}}; does not lie within the file",
                "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,4]}}; does not lie within the file",
                "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}; has the shape",
                "{'a':{'dtype':'F32','shape':[99999999999],'data_offsets':[0,4]}}; has the shape",
                "{'a':{'dtype':'I64','shape':[1],'data_offsets':[0,4]}}; supported are F32, BF16 and F16",
                "{'a':{'dtype':'F32'; not valid JSON",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}; not valid JSON",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}; does not begin where",
                "{'a':{'dtype':'BF16','shape':[1],'data_offsets':[0,2]},'b':{'dtype':'F16','shape':[1],'data_offsets':[1,3]}}; does not begin where",
                "{'a':{'dtype':'BF16','shape':[1],'data_offsets':[0,2]}}; has 2 bytes that belong to no tensor",
                "{'a':{'dtype':'BF16','shape':[1],'data_offsets':[2,4]}}; does not begin where",
                "{'a':{'dtype':'F32','shape':[50,50,50,50,50],'data_offsets':[0,4]}}; is larger than the file",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[9223372036854775807,3]}}; does not lie within the file",
                "{'a':7}; supported are F32, BF16 and F16",
            })
    void aHeaderThatDoesNotDescribeTheFileIsRefused(String header, String reason) throws IOException {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(json.length).put(json).array());
        ModelException e = assertThrows(ModelException.class, () -> SafetensorsFile.open(file));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"-1", "1152921504606846976", "9223372036854775807", "100", "99999999999"})
    void aHeaderLengthBeyondTheFileIsRefused(long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(length).array());
        ModelException e = assertThrows(ModelException.class, () -> SafetensorsFile.open(file));
        assertTrue(e.getMessage().contains("its header claims"), e.getMessage());
    }

    @Test
    void aTruncatedFileAndAMissingOneAreNamed() throws IOException {
        ModelException missing = assertThrows(ModelException.class, () -> SafetensorsFile.open(file));
        assertTrue(missing.getMessage().contains(file.toString()), missing.getMessage());
        Files.write(file, new byte[3]);
        ModelException e = assertThrows(ModelException.class, () -> SafetensorsFile.open(file));
        assertTrue(e.getMessage().contains("too short"), e.getMessage());
    }
}
