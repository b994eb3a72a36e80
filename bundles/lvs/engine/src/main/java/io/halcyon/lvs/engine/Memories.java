package io.halcyon.lvs.engine;

import io.halcyon.lvs.engine.server.Memory;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What virtual servers want to know after a restart: one file each, {@code data/lvs/NAME}. Thread-safe. One that is damaged is
 * as good as none.
 */
final class Memories {

    private static final Logger LOG = LoggerFactory.getLogger(Memories.class);
    private static final String UP = "up.";
    private static final String ADDRESSES = "addresses.";
    private static final String QUORATE = "quorate";
    private static final String DRAFT = ".draft";

    private final Path directory;

    Memories(Path directory) {
        this.directory = directory;
    }

    Memory find(String server) {
        try (var reader = Files.newBufferedReader(file(server), StandardCharsets.UTF_8)) {
            var values = new Properties();
            values.load(reader);
            return memory(values);
        } catch (NoSuchFileException e) {
            return Memory.NONE;
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("lvs={} begins as if for the first time: {} is damaged: {}", server, file(server), e.getMessage());
            return Memory.NONE;
        }
    }

    /** Virtual servers that something is known of. */
    Set<String> names() {
        var names = new TreeSet<String>();
        try (var files = Files.newDirectoryStream(directory, file -> !isDraft(file))) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (NoSuchFileException | NotDirectoryException e) {
            LOG.debug("nothing is remembered: {}", e.toString());
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("what an earlier run left may stay: {} cannot be read: {}", directory, e.toString());
        }
        return names;
    }

    private static boolean isDraft(Path file) {
        return file.getFileName().toString().endsWith(DRAFT);
    }

    synchronized void keep(String server, Memory memory) {
        var values = new Properties();
        memory.up().forEach((destination, up) -> values.setProperty(UP + destination, up.toString()));
        memory.addresses()
                .forEach((name, addresses) -> values.setProperty(
                        ADDRESSES + name,
                        String.join(
                                " ",
                                addresses.stream()
                                        .map(InetAddress::getHostAddress)
                                        .toList())));
        values.setProperty(QUORATE, Boolean.toString(memory.quorate()));
        var file = file(server);
        try {
            var text = new StringWriter();
            values.store(text, "What virtual server " + server + " was like; not to be edited.");
            Files.createDirectories(directory);
            var draft = file.resolveSibling(file.getFileName() + DRAFT);
            Files.writeString(draft, text.toString());
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("lvs={} will begin as if for the first time: {}", server, e.toString());
        }
    }

    synchronized void forget(String server) {
        try {
            Files.deleteIfExists(file(server));
        } catch (IOException e) {
            LOG.warn("lvs={} what it was like cannot be forgotten: {}", server, e.toString());
        }
    }

    private static Memory memory(Properties values) throws IOException {
        Map<String, Boolean> up = new HashMap<>();
        Map<String, List<InetAddress>> addresses = new HashMap<>();
        for (var key : values.stringPropertyNames()) {
            var value = values.getProperty(key);
            if (key.startsWith(UP)) {
                up.put(key.substring(UP.length()), Boolean.valueOf(value));
            } else if (key.startsWith(ADDRESSES)) {
                addresses.put(key.substring(ADDRESSES.length()), addresses(value));
            }
        }
        return new Memory(up, addresses, Boolean.parseBoolean(values.getProperty(QUORATE)));
    }

    private static List<InetAddress> addresses(String written) throws IOException {
        var addresses = new ArrayList<InetAddress>();
        for (var word : NodeSettings.words(written)) {
            if (!word.matches("[0-9a-fA-F:.]+(%\\w+)?")) {
                throw new IOException(word + " is no address");
            }
            addresses.add(InetAddress.getByName(word));
        }
        return addresses;
    }

    private Path file(String server) {
        return directory.resolve(server);
    }
}
