package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Capture;

/** Who is master, as the wire tells it. */
final class Reign {

    private static final int HEARD = 2;

    private Reign() {}

    /** Since a time: two advertisements after the other's last one, so the other has heard its master, and the master nobody. */
    static boolean settled(Capture capture, String host, long since) {
        int alone = 0;
        for (var advert : capture.adverts(since, advert -> advert.priority() > 0)) {
            alone = advert.host().equals(host) ? alone + 1 : 0;
        }
        return alone >= HEARD;
    }
}
