package io.jenkins.plugins.cascade.packaging;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** {@code target/cascade-rl.hpi} as the package phase left it, unpacked into a folder. */
final class PluginFile {
    /** The build's output folder. */
    static final Path TARGET = Path.of(System.getProperty("cascade.target", "target"));

    private static final String LIB = "WEB-INF/lib/";

    private final Attributes manifest;
    private final Set<String> entries = new TreeSet<>();
    private final Path folder;

    PluginFile(Path folder) throws IOException {
        this.folder = folder;
        try (JarFile hpi = new JarFile(TARGET.resolve("cascade-rl.hpi").toFile())) {
            manifest = hpi.getManifest().getMainAttributes();
            for (JarEntry entry : hpi.stream().toList()) {
                if (!entry.isDirectory()) {
                    entries.add(entry.getName());
                    copy(hpi, entry);
                }
            }
        }
    }

    private void copy(JarFile hpi, ZipEntry entry) throws IOException {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        try (InputStream in = hpi.getInputStream(entry)) {
            Files.copy(in, file);
        }
    }

    Attributes manifest() {
        return manifest;
    }

    /** Names of its files. */
    Set<String> entries() {
        return entries;
    }

    /** File names in {@code WEB-INF/lib}. */
    Set<String> libraries() {
        Set<String> names = new TreeSet<>();
        for (String entry : entries) {
            if (entry.startsWith(LIB)) {
                names.add(entry.substring(LIB.length()));
            }
        }
        return names;
    }

    /** The jar with our classes. */
    Path jar() {
        return folder.resolve(LIB + "cascade-rl.jar");
    }

    /** Finds classes as Jenkins would: first what Jenkins and the plugins we depend on have, then {@code WEB-INF/lib}. */
    URLClassLoader loader() {
        URL[] urls = libraries().stream()
                .map(name -> url(folder.resolve(LIB + name)))
                .toArray(URL[]::new);
        return new URLClassLoader("cascade-rl.hpi", urls, new ControllerClasses());
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of a jar's files. */
    static List<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }

    /** Names of our classes in a jar. */
    static Set<String> classes(Path jar) throws IOException {
        Set<String> names = new TreeSet<>();
        for (String entry : entries(jar)) {
            if (entry.startsWith("io/jenkins/plugins/cascade/") && entry.endsWith(".class")) {
                names.add(entry.substring(0, entry.length() - ".class".length()).replace('/', '.'));
            }
        }
        return names;
    }

    /** What a controller brings, taken from this build's class path: the API's signatures, Jackson, Guava, the logging interface. */
    private static final class ControllerClasses extends ClassLoader {
        private static final List<String> PACKAGES = List.of(
                "hudson.",
                "org.springframework.security.",
                "jenkins.",
                "jakarta.servlet.",
                "net.sf.json.",
                "net.java.sezpoz.",
                "org.jenkinsci.",
                "org.jvnet.",
                "org.kohsuke.",
                "com.cloudbees.plugins.",
                "com.google.common.",
                "com.fasterxml.jackson.",
                "org.slf4j.");

        ControllerClasses() {
            super("controller", getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (PACKAGES.stream().noneMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            return PluginFile.class.getClassLoader().loadClass(name);
        }
    }

    @Override
    public String toString() {
        return TARGET + File.separator + "cascade-rl.hpi";
    }
}
