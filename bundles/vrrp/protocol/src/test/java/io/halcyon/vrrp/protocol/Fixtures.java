package io.halcyon.vrrp.protocol;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Configurations and addresses that tests share. */
final class Fixtures {

    static final InetAddress OURS = address("192.0.2.1");
    static final InetAddress THEIRS = address("192.0.2.2");
    static final InetAddress VIRTUAL = address("192.0.2.50");

    private Fixtures() {}

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    static List<InetAddress> addresses(String list) {
        return Arrays.stream(list.split(",", -1)).map(Fixtures::address).toList();
    }

    static RouterConfig config(int version, int priority, int intervalCentis) {
        return new RouterConfig(
                51,
                version,
                priority,
                intervalCentis,
                true,
                0,
                3,
                null,
                ChecksumForm.PSEUDO_HEADER,
                List.of(VIRTUAL),
                GarpConfig.DEFAULT);
    }

    static RouterConfig random(Random random) {
        int version = random.nextBoolean() ? 2 : 3;
        boolean pass = version == 2 && random.nextBoolean();
        List<InetAddress> addresses = new ArrayList<>();
        for (int i = random.nextInt(256); i > 0; i--) {
            addresses.add(address("10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256)));
        }
        return new RouterConfig(
                1 + random.nextInt(255),
                version,
                1 + random.nextInt(255),
                version == 2 ? 100 * (1 + random.nextInt(255)) : 1 + random.nextInt(4095),
                random.nextBoolean(),
                random.nextInt(3) * 1_000_000_000L,
                1 + random.nextInt(5),
                pass ? "secret" + random.nextInt(1_000_000) : null,
                random.nextBoolean() ? ChecksumForm.PSEUDO_HEADER : ChecksumForm.MESSAGE_ONLY,
                addresses,
                GarpConfig.DEFAULT);
    }
}
