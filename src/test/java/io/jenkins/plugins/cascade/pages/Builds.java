package io.jenkins.plugins.cascade.pages;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Folders of builds, and pages as a parser sees them. */
final class Builds {
    /** Number of the stored build that was rejected. */
    static final int REJECTED = 1;
    /** Number of the stored build that became the champion. */
    static final int CHAMPION = 2;

    private Builds() {}

    /** The stored builds of a schema's version, copied so that a test may change them. */
    static Path stored(int schema, Path to) throws IOException {
        Path from = folder(schema);
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> copy(file, to.resolve(from.relativize(file).toString())));
        }
        return to;
    }

    private static Path folder(int schema) {
        try {
            return Path.of(
                    Builds.class.getResource("schema-" + schema + "/builds").toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            if (Files.isDirectory(from)) {
                Files.createDirectories(to);
            } else {
                Files.copy(from, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The record of a build. */
    static Path record(Path builds, int number) {
        return builds.resolve(number + "/cascade/cascade.json");
    }

    /** Markup as a strict parser sees it. */
    static Element parse(String markup) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setExpandEntityReferences(false);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(markup)))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("Not well-formed: " + e.getMessage(), e);
        }
    }

    /** All elements of a name; {@code *} for all there are. */
    static List<Element> all(Element root, String name) {
        NodeList nodes = root.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
