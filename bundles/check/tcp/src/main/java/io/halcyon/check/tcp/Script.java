package io.halcyon.check.tcp;

import java.nio.ByteBuffer;

/** What is said and heard on a connection. Immutable. */
final class Script {

    private final byte[] send;
    private final byte[] expect;

    /**
     * @param send what is sent, may be empty
     * @param expect what must come, empty if to be connected is enough
     */
    Script(byte[] send, byte[] expect) {
        this.send = send.clone();
        this.expect = expect.clone();
    }

    boolean hasAnswer() {
        return expect.length > 0;
    }

    ByteBuffer question() {
        return ByteBuffer.wrap(send).asReadOnlyBuffer();
    }

    ByteSearch answer() {
        return new ByteSearch(expect);
    }
}
