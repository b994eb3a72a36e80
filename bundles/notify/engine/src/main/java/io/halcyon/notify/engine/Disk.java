package io.halcyon.notify.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** What the journal does to its open file; a test can make it fail. */
interface Disk {

    Disk REAL = new Disk() {
        @Override
        public void write(FileChannel file, ByteBuffer bytes, long place) throws IOException {
            long at = place;
            while (bytes.hasRemaining()) {
                at += file.write(bytes, at);
            }
        }

        @Override
        public void force(FileChannel file) throws IOException {
            file.force(false);
        }
    };

    /** Writes all of it there, or some of it and fails. */
    void write(FileChannel file, ByteBuffer bytes, long place) throws IOException;

    /** Returns when what was written survives a loss of power. */
    void force(FileChannel file) throws IOException;
}
