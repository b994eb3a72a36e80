package io.halcyon.check.engine;

import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.spi.check.Source;
import java.net.InetSocketAddress;

/** A look whose connections come from a certain place. */
record SourcedLook(SelectorLook look, Source source) implements CheckRun {

    @Override
    public CheckRun from(Source other) {
        return look.from(other);
    }

    @Override
    public void connect(InetSocketAddress target, Handler handler) {
        look.connect(target, source, handler);
    }

    @Override
    public void connectDatagram(InetSocketAddress target, Handler handler) {
        look.connectDatagram(target, source, handler);
    }

    @Override
    public void step(String name, String words) {
        look.step(name, words);
    }

    @Override
    public void after(long delayMillis, Runnable action) {
        look.after(delayMillis, action);
    }

    @Override
    public void complete(CheckResult result) {
        look.complete(result);
    }

    @Override
    public long elapsedNanos() {
        return look.elapsedNanos();
    }
}
