package io.halcyon.linux.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Starts a process by {@code posix_spawn}: the child shares our memory until it has called {@code exec}, so nothing of the
 * JVM is copied, and no helper process stands between. It leads a session of its own, has default signals, reads from
 * {@code /dev/null} or a file of its own in memory, writes to our pipe, has no other file open and stands in {@code /}.
 */
final class Spawner {

    private static final short SET_SIGNALS_DEFAULT = 0x04;
    private static final short SET_SIGNAL_MASK = 0x08;
    private static final short SET_SESSION = 0x80;

    /** Of {@code posix_spawnattr_t} and {@code posix_spawn_file_actions_t}: more than any architecture needs. */
    private static final int OPAQUE_BYTES = 512;

    private static final int SIGNAL_SET_BYTES = 128;
    private static final int NO_FILE = -1;

    private Spawner() {}

    /** @param input what it finds on its standard input */
    static SpawnedProcess start(String path, List<String> arguments, List<String> environment, byte[] input)
            throws IOException {
        if (input.length == 0) {
            return start(path, arguments, environment, NO_FILE);
        }
        int file = inMemory(input);
        try {
            return start(path, arguments, environment, file);
        } finally {
            ProcessCalls.close(file);
        }
    }

    /** A file without a name: unlike a pipe it takes everything at once and does not mind if nobody reads it. */
    private static int inMemory(byte[] content) throws IOException {
        int file = ProcessCalls.memfd_create("input", ProcessCalls.MFD_CLOEXEC);
        if (file < 0) {
            throw LinuxException.last("memfd_create");
        }
        if (ProcessCalls.pwrite(file, content, content.length, 0) != content.length) {
            var failure = LinuxException.last("write to memory");
            ProcessCalls.close(file);
            throw failure;
        }
        return file;
    }

    private static SpawnedProcess start(String path, List<String> arguments, List<String> environment, int in)
            throws IOException {
        var ends = new int[2];
        if (ProcessCalls.pipe2(ends, ProcessCalls.O_CLOEXEC) != 0) {
            throw LinuxException.last("pipe2");
        }
        boolean started = false;
        try {
            int pid = spawn(path, arguments, environment, in, ends[1]);
            var process = new SpawnedProcess(pid, ends[0]);
            started = true;
            return process;
        } finally {
            ProcessCalls.close(ends[1]);
            if (!started) {
                ProcessCalls.close(ends[0]);
            }
        }
    }

    private static int spawn(String path, List<String> arguments, List<String> environment, int in, int out)
            throws IOException {
        try (var actions = new Memory(OPAQUE_BYTES);
                var attributes = new Memory(OPAQUE_BYTES);
                var file = text(path);
                var argv = strings(arguments);
                var envp = strings(environment)) {
            prepare(attributes);
            prepare(actions, in, out);
            var pid = new int[1];
            int error = ProcessCalls.posix_spawn(pid, file, actions, attributes, argv, envp);
            ProcessCalls.posix_spawn_file_actions_destroy(actions);
            if (error != 0) {
                throw new LinuxException("run " + path, error);
            }
            return pid[0];
        }
    }

    private static void prepare(Memory attributes) throws IOException {
        try (var signals = new Memory(SIGNAL_SET_BYTES)) {
            require(ProcessCalls.posix_spawnattr_init(attributes));
            ProcessCalls.sigfillset(signals);
            require(ProcessCalls.posix_spawnattr_setsigdefault(attributes, signals));
            ProcessCalls.sigemptyset(signals);
            require(ProcessCalls.posix_spawnattr_setsigmask(attributes, signals));
            short flags = SET_SIGNALS_DEFAULT | SET_SIGNAL_MASK | SET_SESSION;
            require(ProcessCalls.posix_spawnattr_setflags(attributes, flags));
        }
    }

    private static void prepare(Pointer actions, int in, int out) throws IOException {
        require(ProcessCalls.posix_spawn_file_actions_init(actions));
        if (in == NO_FILE) {
            require(ProcessCalls.posix_spawn_file_actions_addopen(actions, 0, "/dev/null", 0, 0));
        } else {
            require(ProcessCalls.posix_spawn_file_actions_adddup2(actions, in, 0));
        }
        require(ProcessCalls.posix_spawn_file_actions_adddup2(actions, out, 1));
        require(ProcessCalls.posix_spawn_file_actions_adddup2(actions, out, 2));
        require(ProcessCalls.posix_spawn_file_actions_addclosefrom_np(actions, 3));
        require(ProcessCalls.posix_spawn_file_actions_addchdir_np(actions, "/"));
    }

    private static void require(int error) throws IOException {
        if (error != 0) {
            throw new LinuxException("posix_spawn", error);
        }
    }

    private static Memory text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var memory = new Memory(bytes.length + 1L);
        memory.write(0, bytes, 0, bytes.length);
        memory.setByte(bytes.length, (byte) 0);
        return memory;
    }

    /** One block: the pointers, null, then the texts they point to. */
    private static Memory strings(List<String> texts) {
        long offset = (texts.size() + 1L) * Native.POINTER_SIZE;
        var encoded = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        var block =
                new Memory(offset + encoded.stream().mapToInt(b -> b.length + 1).sum());
        block.clear();
        for (int i = 0; i < encoded.size(); i++) {
            var bytes = encoded.get(i);
            block.setPointer((long) i * Native.POINTER_SIZE, block.share(offset));
            block.write(offset, bytes, 0, bytes.length);
            offset += bytes.length + 1L;
        }
        return block;
    }
}
