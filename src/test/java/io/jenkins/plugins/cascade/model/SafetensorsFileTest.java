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
    @CsvSource({"-1", "9223372036854775807", "100", "99999999999"})
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
