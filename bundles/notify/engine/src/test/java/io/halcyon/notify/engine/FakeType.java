package io.halcyon.notify.engine;

import io.halcyon.spi.notify.Notifier;
import io.halcyon.spi.notify.NotifierFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/** A bundle that brings the type {@code fake}; all its notifiers are one, unless a test makes others. */
final class FakeType implements NotifierFactory<FakeKeys> {

    final FakeNotifier notifier = new FakeNotifier(FakeNotifier.TAKES);
    final List<String> targets = new CopyOnWriteArrayList<>();
    volatile BiFunction<String, FakeKeys, Notifier> maker = (name, keys) -> notifier;

    @Override
    public String type() {
        return "fake";
    }

    @Override
    public Class<FakeKeys> parameters() {
        return FakeKeys.class;
    }

    @Override
    public Notifier create(String name, FakeKeys keys) {
        if (keys.fake_target().equals("nobody")) {
            throw new IllegalArgumentException("fake.target = nobody is refused: allowed is somebody");
        }
        targets.add(name + " tells " + keys.fake_target());
        return maker.apply(name, keys);
    }
}
