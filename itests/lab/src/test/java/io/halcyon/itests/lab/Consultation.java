package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** {@code ha:doctor} asked by a node, and its cures typed in the node's host. */
record Consultation(HalcyonNode node, Host host) {

    /** What is expected: severity, beginning of the object, part of what was found. */
    record Expected(String severity, String object, String found) {
        boolean is(JsonNode finding) {
            return finding.get("severity").asText().equals(severity)
                    && finding.get("object").asText().startsWith(object)
                    && finding.get("found").asText().contains(found);
        }
    }

    /** Asserts that exactly this is found, and returns it. */
    List<JsonNode> finds(Expected... all) {
        List<JsonNode> findings = new ArrayList<>();
        node.json("ha:doctor").get("findings").forEach(findings::add);
        assertThat(all).allSatisfy(expected -> assertThat(findings)
                .as("%s in %s", expected, findings)
                .filteredOn(expected::is)
                .hasSize(1));
        assertThat(findings).as("and nothing else").hasSize(all.length);
        return findings;
    }

    void findsNothing() {
        assertThat(node.json("ha:doctor").get("findings")).isEmpty();
    }

    /** Types the cures as they stand, as far as they are commands. */
    void cure(List<JsonNode> findings) {
        for (var finding : findings) {
            var cure = finding.get("cure").asText().replaceFirst(" \\(.*", "");
            if (cure.startsWith("bin/halcyon ")) {
                node.command(cure.substring("bin/halcyon ".length()).split(" ")).orThrow();
            } else {
                host.shell(cure);
            }
        }
    }
}
