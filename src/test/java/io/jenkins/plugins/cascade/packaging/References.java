package io.jenkins.plugins.cascade.packaging;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;

/** Every class that the byte code of our classes in a jar names. */
final class References {
    private static final String OURS = "io.jenkins.plugins.cascade.";

    /** Read by checkers only and kept in class files; no class loader looks for them. */
    private static final String CHECKERS = "edu.umd.cs.findbugs.annotations.";

    private final Set<String> names = new TreeSet<>();

    References(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            new ClassFileImporter()
                    .withImportOption(location -> location.contains(OURS.replace('.', '/')))
                    .importJar(file)
                    .forEach(this::add);
        }
    }

    private void add(JavaClass type) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (!target.isPrimitive() && !target.getName().startsWith(CHECKERS)) {
                names.add(target.getName());
            }
        }
    }

    Set<String> names() {
        return names;
    }

    /** Those that a class loader does not find. */
    Set<String> missingFrom(ClassLoader loader) {
        Set<String> missing = new TreeSet<>();
        for (String name : names) {
            try {
                Class.forName(name, false, loader);
            } catch (ClassNotFoundException | NoClassDefFoundError e) {
                missing.add(name + ": " + e);
            }
        }
        return missing;
    }
}
