package io.jenkins.plugins.cascade.report;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Pages and charts as a real parser sees them. */
final class Pages {
    private Pages() {}

    static Element parse(Object markup) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setExpandEntityReferences(false);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(markup.toString())))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("Not well-formed: " + e.getMessage(), e);
        }
    }

    static List<Element> all(Element root, String name) {
        NodeList nodes = root.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    static List<Element> ofClass(Element root, String styleClass) {
        return all(root, "*").stream()
                .filter(element ->
                        List.of(element.getAttribute("class").split(" ")).contains(styleClass))
                .toList();
    }

    static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    /** Reads a value off an axis: the coordinate of a number, from the positions of two tick labels. */
    static double onAxis(Element svg, String coordinate, double shift, double value) {
        List<Element> ticks = ofClass(svg, "cc-label").stream()
                .filter(label -> label.getTextContent().matches("[+−]?[0-9.]+"))
                .toList();
        Element first = ticks.get(0);
        Element second = ticks.get(1);
        double from = read(first);
        double to = read(second);
        double start = number(first, coordinate) - shift;
        double end = number(second, coordinate) - shift;
        return start + (value - from) / (to - from) * (end - start);
    }

    private static double read(Element tick) {
        return Double.parseDouble(tick.getTextContent().replace('−', '-'));
    }
}
