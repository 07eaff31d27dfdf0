package io.jenkins.plugins.cascade.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The signatures that the root build compiles against say what the real Jenkins API says. A member with another descriptor would compile
 * there and fail on a controller with NoSuchMethodError, and only where it is called.
 */
class SignaturesTest {
    private static final Path SOURCES = Path.of("../src/jenkins-api/java");
    private static final int CLASS_FLAGS = Modifier.PUBLIC
            | Modifier.PROTECTED
            | Modifier.STATIC
            | Modifier.FINAL
            | Modifier.ABSTRACT
            | Modifier.INTERFACE;
    private static final int MEMBER_FLAGS =
            Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT;

    @TempDir
    static Path folder;

    private static URLClassLoader signatures;
    private static List<Class<?>> declared;

    @BeforeAll
    static void compile() throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", folder.toString(), "-classpath", System.getProperty("java.class.path")));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
        signatures = new SignaturesFirst(folder.toUri().toURL());
        declared = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String name = folder.relativize(file).toString();
                declared.add(signatures.loadClass(
                        name.substring(0, name.length() - ".class".length()).replace('/', '.')));
            }
        }
        assertTrue(declared.size() >= 80, declared.size() + " signatures");
    }

    @AfterAll
    static void close() throws IOException {
        signatures.close();
    }

    @Test
    void everyClassIsOfTheSameKindAndHasTheSuperclassAndInterfacesItClaims() {
        List<String> differences = new ArrayList<>();
        for (Class<?> claim : declared) {
            Class<?> real = real(claim);
            int flags = real.getModifiers() & CLASS_FLAGS;
            if ((claim.getModifiers() & CLASS_FLAGS) != flags) {
                differences.add(claim + " is " + Modifier.toString(flags));
            }
            Set<String> supertypes =
                    supertypes(real).stream().map(Class::getName).collect(Collectors.toSet());
            for (Class<?> supertype : supertypes(claim)) {
                if (!supertypes.contains(supertype.getName())) {
                    differences.add(claim + " is no " + supertype.getName());
                }
            }
        }
        assertEquals("", String.join("\n", differences));
    }

    @Test
    void everyMemberHasTheSameDescriptorAndFlags() {
        List<String> differences = new ArrayList<>();
        int members = 0;
        for (Class<?> claim : declared) {
            Class<?> real = real(claim);
            for (Member member : members(claim)) {
                boolean reachable = (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
                if (member.isSynthetic() || !reachable) {
                    continue;
                }
                members++;
                String found = find(real, member);
                if (!found.equals(text(member))) {
                    differences.add(claim.getName() + "." + text(member) + " is " + found);
                }
            }
        }
        assertEquals("", String.join("\n", differences));
        assertTrue(members >= 150, members + " members");
    }

    @Test
    void everyAnnotationIsKeptAsLongAndStandsOnTheSameElements() {
        List<String> differences = new ArrayList<>();
        for (Class<?> claim : declared) {
            if (!claim.isAnnotation()) {
                continue;
            }
            Class<?> real = real(claim);
            if (real.getAnnotation(Retention.class).value()
                    != claim.getAnnotation(Retention.class).value()) {
                differences.add(claim + " " + real.getAnnotation(Retention.class));
            }
            Target target = claim.getAnnotation(Target.class);
            if (target != null
                    && !Arrays.asList(real.getAnnotation(Target.class).value())
                            .containsAll(Arrays.asList(target.value()))) {
                differences.add(claim + " " + real.getAnnotation(Target.class));
            }
        }
        assertEquals("", String.join("\n", differences));
    }

    /** Loads the signatures, and from the libraries what they use of others; the real classes of their names stay apart. */
    private static final class SignaturesFirst extends URLClassLoader {
        SignaturesFirst(URL folder) {
            super(new URL[] {folder}, SignaturesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (findResource(name.replace('.', '/') + ".class") == null) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }
    }

    private static Class<?> real(Class<?> claim) {
        try {
            return Class.forName(claim.getName(), false, SignaturesTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError("Jenkins has no " + claim.getName(), e);
        }
    }

    private static Set<Class<?>> supertypes(Class<?> type) {
        Set<Class<?>> all = new HashSet<>(Arrays.asList(type.getInterfaces()));
        if (type.getSuperclass() != null) {
            all.add(type.getSuperclass());
        }
        for (Class<?> direct : List.copyOf(all)) {
            all.addAll(supertypes(direct));
        }
        return all;
    }

    private static List<Member> members(Class<?> type) {
        return Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .<Member>flatMap(Arrays::stream)
                .toList();
    }

    /** The real member of the same name and parameters, of the class itself or inherited, as the virtual machine would look it up. */
    private static String find(Class<?> real, Member member) {
        List<Class<?>> owners = new ArrayList<>(List.of(real));
        if (!(member instanceof Constructor)) {
            owners.addAll(supertypes(real));
            if (real.isInterface()) {
                owners.add(Object.class);
            }
        }
        String sought = text(member);
        String other = "absent";
        for (Class<?> owner : owners) {
            for (Member candidate : members(owner)) {
                if (text(candidate).equals(sought)) {
                    return sought;
                }
                if (owner == real && candidate.getName().equals(member.getName())) {
                    other = text(candidate);
                }
            }
        }
        return other;
    }

    private static String text(Member member) {
        String flags = Modifier.toString(member.getModifiers() & MEMBER_FLAGS);
        if (member instanceof Field field) {
            return flags + " " + field.getType().getName() + " " + field.getName();
        }
        String parameters = Arrays.stream(((Executable) member).getParameterTypes())
                .map(Class::getName)
                .collect(Collectors.joining(",", "(", ")"));
        return flags + " "
                + (member instanceof Method method ? method.getReturnType().getName() + " " + method.getName() : "new")
                + parameters;
    }
}
