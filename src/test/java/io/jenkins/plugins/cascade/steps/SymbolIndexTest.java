package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.junit.jupiter.api.Test;

/** Jenkins finds symbols by a hand-written index; one that is missing makes "No such DSL method" on a controller only. */
class SymbolIndexTest {
    private static final String INDEX = "META-INF/services/annotations/org.jenkinsci.Symbol";

    @Test
    void listsExactlyTheClassesThatHaveASymbol() throws Exception {
        assertEquals(annotated(), indexed());
    }

    @Test
    void everyIndexedClassIsAnExtensionThatSezpozFound() throws Exception {
        try (InputStream in = loader().getResourceAsStream("META-INF/annotations/hudson.Extension.txt")) {
            assertNotNull(in, "sezpoz wrote no index");
            String extensions = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String name : indexed()) {
                assertTrue(extensions.contains(name), name + " is no @Extension");
            }
        }
    }

    private static Set<String> indexed() throws Exception {
        try (InputStream in = loader().getResourceAsStream(INDEX)) {
            assertNotNull(in, INDEX);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> annotated() throws Exception {
        Path classes = Path.of(CascadeSftStep.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".class"))::iterator) {
                String path = classes.relativize(file).toString();
                String name =
                        path.substring(0, path.length() - ".class".length()).replace('/', '.');
                if (name.startsWith("io.jenkins.plugins.cascade.steps.")
                        && Class.forName(name, false, loader()).isAnnotationPresent(Symbol.class)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static ClassLoader loader() {
        return SymbolIndexTest.class.getClassLoader();
    }
}
