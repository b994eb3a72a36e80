package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Frame;
import io.halcyon.itests.lab.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far the time between two advertisements of a router is off what it should be. */
final class Intervals {

    private Intervals() {}

    /** In milliseconds, early or late alike, of all routers together. */
    static Samples off(List<Frame.Advert> adverts, double nominalMillis) {
        Map<Integer, Long> last = new HashMap<>();
        List<Double> off = new ArrayList<>();
        for (var advert : adverts) {
            var before = last.put(advert.vrid(), advert.at());
            if (before != null) {
                off.add(Math.abs(Times.millis(before, advert.at()) - nominalMillis));
            }
        }
        return Samples.of(off);
    }
}
