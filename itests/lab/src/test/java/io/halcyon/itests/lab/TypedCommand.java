package io.halcyon.itests.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command typed on a host, its two outputs kept apart; both are files or pipes, never a terminal.
 *
 * @param error what it printed on its error output
 */
record TypedCommand(String command, int exit, String output, String error) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static TypedCommand type(Lab lab, String host, String... words) {
        Path error = lab.directory(host).resolve("typed.err");
        List<String> whole = new ArrayList<>(List.of(
                "bash",
                "-c",
                "exec \"$@\" 2>'" + error + "'",
                "typed",
                Distribution.unpacked().launcher().toString()));
        whole.addAll(List.of(words));
        var outcome = lab.host(host).run(Map.of("HALCYON_BASE", HalcyonNode.BASE), "", whole);
        return new TypedCommand(String.join(" ", words), outcome.exit(), outcome.output(), Directories.read(error, 0));
    }

    /** Its output as JSON; fails if that is anything else, or more. */
    JsonNode json() {
        try (var parser = JSON.createParser(output)) {
            JsonNode tree = parser.readValueAsTree();
            if (tree == null || parser.nextToken() != null) {
                throw new LabException(command + " did not print one JSON value: " + this);
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw new LabException(command + " did not print JSON: " + this, e);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
