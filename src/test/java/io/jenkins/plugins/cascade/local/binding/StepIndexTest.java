package io.jenkins.plugins.cascade.local.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepIndexTest {
    @TempDir
    private Path folder;

    @Test
    void findsStepsAndTheirArgumentsByTheIndexOfSymbols() throws IOException {
        Map<Class<?>, Boolean> found = read(SampleStep.class.getName() + "$DescriptorImpl\n\n"
                        + SampleGate.class.getName() + "$DescriptorImpl\n")
                .stream()
                .collect(Collectors.toMap(DescribableType::type, DescribableType::isStep));

        assertEquals(true, found.get(SampleStep.class));
        assertEquals(false, found.get(SampleGate.class));
    }

    @Test
    void saysWhichClassOfTheIndexIsMissing() {
        IOException thrown = assertThrows(IOException.class, () -> read("no.such.Descriptor"));

        assertTrue(thrown.getMessage().contains("no.such.Descriptor"), thrown.getMessage());
    }

    private List<DescribableType> read(String index) throws IOException {
        Path file = folder.resolve(StepIndex.RESOURCE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, index);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            return StepIndex.find(loader);
        }
    }
}
