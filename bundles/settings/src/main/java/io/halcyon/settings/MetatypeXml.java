package io.halcyon.settings;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * What bnd wrote down of one annotation type, OSGi Compendium chapter 105. Read once as a stream: a tree of the document
 * would stay in memory with its parser.
 *
 * @param name name of the object class
 * @param description its description
 * @param attributes its attribute definitions, in order
 */
record MetatypeXml(String name, String description, List<Attribute> attributes) {

    /** One {@code <AD>} with its {@code <Option>}s. */
    record Attribute(Map<String, String> xml, List<String> options) {

        String id() {
            return text("id");
        }

        String text(String attribute) {
            return xml.getOrDefault(attribute, "");
        }

        @Nullable
        String orNull(String attribute) {
            return xml.get(attribute);
        }

        boolean isList() {
            return !text("cardinality").isEmpty() && !text("cardinality").equals("0");
        }

        boolean isRequired() {
            return !text("required").equals("false");
        }
    }

    static MetatypeXml read(InputStream in) throws XMLStreamException {
        // The JDK's own factory: a lookup of services would find whatever the container offers.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader xml = factory.createXMLStreamReader(in);
        try {
            return read(xml);
        } finally {
            xml.close();
        }
    }

    private static MetatypeXml read(XMLStreamReader xml) throws XMLStreamException {
        Map<String, String> definition = Map.of();
        List<Attribute> attributes = new ArrayList<>();
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "OCD" -> definition = attributesOf(xml);
                case "AD" -> attributes.add(new Attribute(attributesOf(xml), new ArrayList<>()));
                case "Option" -> attributes
                        .get(attributes.size() - 1)
                        .options()
                        .add(attributesOf(xml).getOrDefault("value", ""));
                default -> {
                    // MetaData, Designate and Object say nothing about keys.
                }
            }
        }
        return new MetatypeXml(
                definition.getOrDefault("name", ""), definition.getOrDefault("description", ""), attributes);
    }

    private static Map<String, String> attributesOf(XMLStreamReader xml) {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            attributes.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
        }
        return attributes;
    }
}
