package io.jenkins.plugins.cascade.local.binding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the classes that declare steps and symbols, through the index that Jenkins' annotation-indexer writes: the descriptors that
 * carry {@code @Symbol}, one binary name a line.
 */
public final class StepIndex {
    static final String RESOURCE = "META-INF/services/annotations/org.jenkinsci.Symbol";
    private static final String SYMBOL = "org.jenkinsci.Symbol";

    private StepIndex() {}

    /**
     * Reads every index on the class path.
     *
     * @throws IOException if an index cannot be read or names a class that is not there
     */
    public static List<DescribableType> find(ClassLoader loader) throws IOException {
        Set<String> descriptors = new LinkedHashSet<>();
        for (URL index : Collections.list(loader.getResources(RESOURCE))) {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(index.openStream(), StandardCharsets.UTF_8))) {
                lines.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .forEach(descriptors::add);
            }
        }
        List<DescribableType> found = new ArrayList<>();
        for (String descriptor : descriptors) {
            found.addAll(read(descriptor, loader));
        }
        return found;
    }

    private static List<DescribableType> read(String descriptorName, ClassLoader loader) throws IOException {
        try {
            Class<?> descriptor = Class.forName(descriptorName, false, loader);
            Class<?> described = descriptor.getEnclosingClass();
            if (described == null) {
                return List.of();
            }
            boolean step = Arrays.stream(descriptor.getMethods()).anyMatch(StepIndex::isFunctionName);
            return symbolsOf(descriptor).stream()
                    .map(symbol -> DescribableType.of(described, symbol, step))
                    .toList();
        } catch (ReflectiveOperationException e) {
            throw new IOException(RESOURCE + " names " + descriptorName + ", which cannot be read: " + e, e);
        }
    }

    private static boolean isFunctionName(Method method) {
        return method.getName().equals("getFunctionName") && method.getParameterCount() == 0;
    }

    private static List<String> symbolsOf(Class<?> descriptor) throws ReflectiveOperationException {
        for (Annotation annotation : descriptor.getAnnotations()) {
            if (annotation.annotationType().getName().equals(SYMBOL)) {
                return List.of((String[])
                        annotation.annotationType().getMethod("value").invoke(annotation));
            }
        }
        throw new ReflectiveOperationException("it has no @Symbol");
    }
}
