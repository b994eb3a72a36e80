package io.halcyon.check.engine;

import io.halcyon.spi.check.CheckResult;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An observer whose results the test waits for. */
final class Watched implements Runner.Observer {

    final CountDownLatch began = new CountDownLatch(1);
    private final BlockingQueue<CheckResult> results = new LinkedBlockingQueue<>();

    @Override
    public void began() {
        began.countDown();
    }

    @Override
    public void ended(CheckResult result) {
        results.add(result);
    }

    CheckResult await() throws InterruptedException {
        var result = results.poll(10, TimeUnit.SECONDS);
        if (result == null) {
            throw new AssertionError("no result within 10 s");
        }
        return result;
    }
}
