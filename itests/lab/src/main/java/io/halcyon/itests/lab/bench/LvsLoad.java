package io.halcyon.itests.lab.bench;

import io.halcyon.spi.dataplane.Dataplane;
import io.halcyon.spi.dataplane.DataplaneListener;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.ServiceTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * A program: one data plane, driven as the engine drives it, without the container around it.
 *
 * <p>Argument: the class of the data plane. Standard input asks: {@code put ROUND} wants {@link Farm#LARGE} and waits until the kernel has
 * it, {@code reopen} begins as after a restart.
 */
public final class LvsLoad implements DataplaneListener {

    private final Set<ServiceKey> missing = new HashSet<>();
    private String trouble = "";

    private LvsLoad() {}

    /** Runs until standard input ends; the kernel goes on with what it has. */
    public static void main(String[] arguments) throws Exception {
        var load = new LvsLoad();
        var plane = plane(arguments[0]);
        var table = plane.open(load);
        System.out.println("ready");
        try (var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var order = orders.readLine(); order != null; order = orders.readLine()) {
                if (order.equals("reopen")) {
                    table.close();
                    table = plane.open(load);
                    System.out.println("open");
                } else {
                    System.out.println(load.put(table, Integer.parseInt(order.substring("put ".length()))));
                }
            }
        }
        table.close();
        System.exit(0);
    }

    private static Dataplane plane(String name) throws ReflectiveOperationException {
        var constructor = Class.forName(name).asSubclass(Dataplane.class).getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    /** Both times are those of {@link System#nanoTime}, which all processes of a kernel share. */
    private String put(ServiceTable table, int round) throws InterruptedException, IOException {
        var wanted = Farm.LARGE.desired(round);
        synchronized (this) {
            wanted.stream().map(desired -> desired.service().key()).forEach(missing::add);
        }
        long sent = System.nanoTime();
        order(table, wanted);
        synchronized (this) {
            while (!missing.isEmpty() && trouble.isEmpty()) {
                wait();
            }
            return trouble.isEmpty() ? "put " + sent + " " + System.nanoTime() : "trouble " + trouble;
        }
    }

    private static void order(ServiceTable table, Collection<Desired> wanted) {
        table.put(wanted);
        table.settle();
    }

    @Override
    public synchronized void onApplied(Collection<ServiceKey> services) {
        missing.removeAll(services);
        notifyAll();
    }

    @Override
    public void onFailed(ServiceKey service, String reason) {
        onTrouble(service + ": " + reason);
    }

    @Override
    public void onRepaired(ServiceKey service, String what) {
        onTrouble("nobody else is there, but " + service + ": " + what);
    }

    @Override
    public synchronized void onTrouble(String what) {
        trouble = what;
        notifyAll();
    }
}
