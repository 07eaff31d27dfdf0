package io.jenkins.plugins.cascade.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.model.Descriptor;
import hudson.model.Item;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The methods behind the forms: each asks who calls before it answers, and every field that can be wrong has one. */
class FormMethodsTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(FormMethodsTest.class.getPackageName());
    private static final Set<String> PERMISSION = Set.of("hasPermission", "checkPermission", "hasAnyPermission");

    static List<JavaMethod> webMethods() {
        return OURS.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getName().matches("do[A-Z].*"))
                .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                .toList();
    }

    static List<Form> forms() {
        return Form.all();
    }

    @Test
    void thereAreMethodsToLookAt() {
        assertTrue(webMethods().size() > 40, "" + webMethods().size());
    }

    @ParameterizedTest
    @MethodSource("webMethods")
    void isPublicInAPublicClassAndTakesPostOnly(JavaMethod method) {
        assertTrue(method.getModifiers().contains(JavaModifier.PUBLIC));
        assertTrue(method.getOwner().getModifiers().contains(JavaModifier.PUBLIC));
        assertTrue(method.isAnnotatedWith(POST.class), method.getFullName());
    }

    @ParameterizedTest
    @MethodSource("webMethods")
    void asksForAPermission(JavaMethod method) {
        assertTrue(asks(method, new HashSet<>()), method.getFullName());
    }

    @ParameterizedTest
    @MethodSource("webMethods")
    void isToldWhichJobTheFormBelongsToAndTakesTheRestFromTheForm(JavaMethod method) {
        Method reflected = method.reflect();
        boolean global = Descriptor.class.isAssignableFrom(reflected.getDeclaringClass())
                && !reflected.getDeclaringClass().isMemberClass()
                && reflected.getDeclaringClass().getSimpleName().endsWith("Configuration");
        for (Parameter parameter : reflected.getParameters()) {
            boolean item = parameter.isAnnotationPresent(AncestorInPath.class);
            assertTrue(item || parameter.isAnnotationPresent(QueryParameter.class), method.getFullName());
            assertEquals(item, Item.class.isAssignableFrom(parameter.getType()));
        }
        assertTrue(
                global || reflected.getParameters()[0].isAnnotationPresent(AncestorInPath.class), method.getFullName());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyNumberAndEveryRequiredTextIsCheckedWhileTyping(Form form) {
        Set<String> unchecked = new TreeSet<>();
        form.properties().forEach((name, type) -> {
            boolean number = Number.class.isAssignableFrom(type) || type == int.class;
            boolean required = !Form.boundSetters(form.type()).containsKey(name);
            boolean written = type == String.class || type == Object.class;
            if ((number || required && written)
                    && method(form, "doCheck" + capital(name)).isEmpty()) {
                unchecked.add(name);
            }
        });
        assertEquals(Set.of(), unchecked);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyListOfWordsIsFilledAndEveryMethodHasItsField(Form form) {
        Map<String, String> fields = form.fields();
        fields.forEach((field, control) -> {
            boolean list = control.equals("select") || control.equals("combobox");
            assertEquals(list, method(form, "doFill" + capital(field) + "Items").isPresent(), field);
        });
        for (Method method : form.descriptor().getMethods()) {
            if (method.getName().matches("doCheck[A-Z].*")) {
                String field = method.getName().substring("doCheck".length());
                field = field.substring(0, 1).toLowerCase(Locale.ROOT) + field.substring(1);
                assertTrue(fields.containsKey(field), method + " has no field");
            }
        }
        assertEquals(form.type() == CascadeReportStep.class, fields.isEmpty(), "only cascadeReport has no arguments");
    }

    private static Optional<Method> method(Form form, String name) {
        return Arrays.stream(form.descriptor().getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst();
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static boolean asks(JavaCodeUnit unit, Set<JavaCodeUnit> seen) {
        if (!seen.add(unit)) {
            return false;
        }
        return unit.getCallsFromSelf().stream()
                .anyMatch(call -> PERMISSION.contains(call.getTarget().getName())
                        || call.getTarget()
                                .resolveMember()
                                .filter(JavaCodeUnit.class::isInstance)
                                .map(JavaCodeUnit.class::cast)
                                .filter(callee -> callee.getOwner()
                                        .getPackageName()
                                        .equals(FormMethodsTest.class.getPackageName()))
                                .filter(callee -> asks(callee, seen))
                                .isPresent());
    }
}
