package io.jenkins.plugins.cascade.steps;

import hudson.model.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A class that Jenkins binds, and the form that belongs to it: {@code config.jelly} and help in the folder of the class or of a class
 * above it, as Stapler finds them.
 */
record Form(Class<?> type) {
    private static final String FORM = "/lib/form";
    private static final String STAPLER = "jelly:stapler";

    /** Every class of the package that Jenkins binds. */
    static List<Form> all() {
        return classes().stream()
                .filter(type -> boundConstructor(type).isPresent()
                        || Descriptor.class.isAssignableFrom(type)
                                && !boundSetters(type).isEmpty())
                .map(Form::new)
                .toList();
    }

    /** Every class of the package. */
    static List<Class<?>> classes() {
        try {
            Path root = Path.of(Form.class
                    .getClassLoader()
                    .getResource(CascadeSftStep.class.getName().replace('.', '/') + ".class")
                    .toURI());
            try (Stream<Path> files = Files.list(root.getParent())) {
                List<Class<?>> found = new ArrayList<>();
                for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".class") && !name.equals("package-info.class")) {
                        found.add(Class.forName(
                                Form.class.getPackageName() + "."
                                        + name.substring(0, name.length() - ".class".length()),
                                false,
                                Form.class.getClassLoader()));
                    }
                }
                return found;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The data-bound properties and their types. */
    Map<String, Class<?>> properties() {
        Map<String, Class<?>> properties = new TreeMap<>(boundSetters(type));
        boundConstructor(type).ifPresent(constructor -> {
            for (Parameter parameter : constructor.getParameters()) {
                properties.put(parameter.getName(), parameter.getType());
            }
        });
        return properties;
    }

    /** The descriptor's class. */
    Class<?> descriptor() {
        return Arrays.stream(type.getDeclaredClasses())
                .filter(nested -> nested.getSimpleName().equals("DescriptorImpl"))
                .findFirst()
                .orElse(type);
    }

    /** A resource of the class or of the nearest class above it that has it. */
    Optional<URL> resource(String name) {
        for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
            URL found = type.getClassLoader()
                    .getResource(owner.getName().replace('.', '/').replace('$', '/') + "/" + name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** The fields of the form with the name of the control in each, those of included pages too. */
    Map<String, String> fields() {
        Map<String, String> fields = new TreeMap<>();
        collect("config.jelly", fields);
        return fields;
    }

    /** The text of a resource. */
    static String text(URL resource) {
        try (InputStream in = resource.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The root of an XML file. */
    static Element parse(URL resource) {
        try (InputStream in = resource.openStream()) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(in).getDocumentElement();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(resource + " is no XML: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }

    private void collect(String page, Map<String, String> fields) {
        URL resource = resource(page).orElseThrow(() -> new AssertionError(type.getSimpleName() + " has no " + page));
        NodeList elements = parse(resource).getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            if (FORM.equals(element.getNamespaceURI()) && element.hasAttribute("field")) {
                fields.merge(element.getAttribute("field"), controls(element), (a, b) -> a.isEmpty() ? b : a);
            }
            if (STAPLER.equals(element.getNamespaceURI())
                    && element.getLocalName().equals("include")) {
                collect(element.getAttribute("page"), fields);
            }
        }
    }

    private static String controls(Element entry) {
        if (!entry.getLocalName().equals("entry")) {
            return entry.getLocalName();
        }
        NodeList children = entry.getElementsByTagName("*");
        return children.getLength() == 0 ? "" : ((Element) children.item(0)).getLocalName();
    }

    private static Optional<Constructor<?>> boundConstructor(Class<?> type) {
        return Arrays.stream(type.getConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst();
    }

    static Map<String, Class<?>> boundSetters(Class<?> type) {
        Map<String, Class<?>> setters = new TreeMap<>();
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class) && !method.isBridge()) {
                String name = method.getName().substring("set".length());
                setters.put(
                        name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1),
                        method.getParameterTypes()[0]);
            }
        }
        return setters;
    }
}
