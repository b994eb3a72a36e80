package io.halcyon.spi.check;

/** A check whose connections come from where they are told to. */
record SourcedCheck(AsynchronousCheck check, Source source) implements AsynchronousCheck {

    @Override
    public void look(CheckRun run) {
        check.look(run.from(source));
    }

    @Override
    public void close() {
        check.close();
    }
}
