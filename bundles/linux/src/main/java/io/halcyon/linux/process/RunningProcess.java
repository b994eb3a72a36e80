package io.halcyon.linux.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process, or what was one: it may end between two questions, and then it has no name and is not alive. Immutable.
 *
 * @param table the table it is in
 * @param directory its directory in {@code proc}
 */
public record RunningProcess(ProcessTable table, Path directory) {

    /** The kernel keeps so many bytes of a name. */
    public static final int LONGEST_NAME = 15;

    private static final int LONGEST_TEXT_BYTES = 128 * 1024;

    public long pid() {
        return Long.parseLong(directory.getFileName().toString());
    }

    /** Name as the kernel has it, at most {@link #LONGEST_NAME} bytes; empty if it is gone. */
    public String name() {
        var text = read("comm");
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** Whether it is there and neither a zombie nor dead. */
    public boolean isAlive() {
        var state = field(0);
        return !state.isEmpty() && !state.equals("Z") && !state.equals("X");
    }

    /** The process that it belongs to; of a process that is gone, one that is not alive. */
    public RunningProcess parent() {
        var number = field(1);
        return table.process(number.matches("\\d{1,10}") ? Long.parseLong(number) : 0);
    }

    /** The command that it was started with and its arguments, or what it shows instead; none for a kernel thread. */
    public List<String> arguments() {
        var text = read("cmdline");
        // One that shows another title leaves zeroes behind it.
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return end == 0 ? List.of() : List.of(text.substring(0, end).split("\0", -1));
    }

    /**
     * Whether it is in the network namespace of the calling thread. Without the right to know (another user's process when we
     * are not root) it counts as ours.
     */
    public boolean isInOurNetwork() {
        try {
            return Files.readSymbolicLink(directory.resolve("ns/net"))
                    .equals(Files.readSymbolicLink(table.proc().resolve("thread-self/ns/net")));
        } catch (IOException cannotBeTold) {
            return true;
        }
    }

    /** Of {@code stat}, after the name, which may contain anything: 0 is the state, 1 the parent. */
    private String field(int index) {
        var stat = read("stat");
        int end = stat.lastIndexOf(") ");
        if (end < 0) {
            return "";
        }
        var fields = stat.substring(end + 2).split(" ", index + 2);
        return index < fields.length ? fields[index] : "";
    }

    private String read(String name) {
        try (var in = Files.newInputStream(directory.resolve(name))) {
            return new String(in.readNBytes(LONGEST_TEXT_BYTES), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }
}
