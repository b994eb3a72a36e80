package io.halcyon.linux;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Files that are mapped into this process, as {@code /proc/self/smaps} tells (proc(5)). Not for hot paths: the kernel walks
 * all page tables to answer.
 */
public final class MappedFiles {

    private static final Path SMAPS = Path.of("/proc/self/smaps");
    private static final int MADV_DONTNEED = 4;

    /** {@code 7f0000000000-7f0000010000 r--p 00000000 08:01 1234    /usr/lib/jvm/lib/server/classes.jsa}. */
    private static final Pattern HEAD = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (\\S+) \\S+ \\S+ \\S+\\s*(.*)");

    private static final Pattern OWN = Pattern.compile("Anonymous: +(\\d+) kB");

    /**
     * A mapping.
     *
     * @param start first address
     * @param bytes how long it is
     * @param writable whether the process may write to it
     * @param file its file, empty for memory without one
     * @param ownKilobytes of its pages, those that are not the file's any more
     */
    record Mapping(long start, long bytes, boolean writable, String file, long ownKilobytes) {}

    private MappedFiles() {}

    /**
     * Takes the pages of files with this ending out of the process, as long as they are the file's: who reads one again
     * gets it back from the page cache.
     *
     * @return how many bytes of mappings were let go
     * @throws IOException if the kernel does not tell what is mapped
     */
    public static long release(String ending) throws IOException {
        long released = 0;
        for (Mapping mapping : parse(Files.readAllLines(SMAPS, StandardCharsets.ISO_8859_1))) {
            boolean clean = !mapping.writable && mapping.ownKilobytes == 0;
            if (clean
                    && mapping.file.endsWith(ending)
                    && Libc.madvise(new Pointer(mapping.start), mapping.bytes, MADV_DONTNEED) == 0) {
                released += mapping.bytes;
            }
        }
        return released;
    }

    static List<Mapping> parse(List<String> lines) {
        List<Mapping> mappings = new ArrayList<>();
        Mapping open = null;
        for (String line : lines) {
            var head = HEAD.matcher(line);
            var own = OWN.matcher(line);
            if (head.matches()) {
                long start = Long.parseUnsignedLong(head.group(1), 16);
                long end = Long.parseUnsignedLong(head.group(2), 16);
                open = new Mapping(start, end - start, head.group(3).contains("w"), head.group(4), 0);
            } else if (open != null && own.matches()) {
                mappings.add(
                        new Mapping(open.start, open.bytes, open.writable, open.file, Long.parseLong(own.group(1))));
            }
        }
        return mappings;
    }
}
