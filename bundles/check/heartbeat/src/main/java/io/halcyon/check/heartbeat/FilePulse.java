package io.halcyon.check.heartbeat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that is touched. The wall clock may be set meanwhile, so only the first look believes it; later a beat is a time
 * that differs, and it came between two looks.
 */
final class FilePulse implements Pulse {

    /** Longer than any deadline. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private final Path file;
    private @Nullable Instant touched;
    private long lookedNanos;
    private long beatNanos;

    FilePulse(Path file) {
        this.file = file;
    }

    @Override
    public @Nullable Beat last(long nowNanos) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return null;
        }
        var time = attributes.lastModifiedTime().toInstant();
        if (!time.equals(touched)) {
            long longest = touched == null ? Long.MAX_VALUE : nowNanos - lookedNanos;
            beatNanos = nowNanos - Math.min(ageNanos(time), longest);
            touched = time;
        }
        lookedNanos = nowNanos;
        return new Beat(beatNanos, attributes.isRegularFile() ? message() : "");
    }

    /** Never negative, and never so long that sums overflow. */
    private static long ageNanos(Instant time) {
        var age = Duration.between(time, Instant.now());
        return age.isNegative() ? 0 : age.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : age.toNanos();
    }

    private String message() throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(Beat.LONGEST_BYTES);
            return Beat.message(bytes, bytes.length);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    @Override
    public void close() {}
}
