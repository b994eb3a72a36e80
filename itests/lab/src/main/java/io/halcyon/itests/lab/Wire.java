package io.halcyon.itests.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions about one virtual router that the capture answers. */
public final class Wire {

    private static final long CROSSED_NANOS = 20_000_000;

    private final Capture capture;
    private final int vrid;

    public Wire(Capture capture, int vrid) {
        this.capture = capture;
        this.vrid = vrid;
    }

    /** Advertisements of a host since a time, the resigning ones (priority 0) left out. */
    public List<Frame.Advert> adverts(String host, long from) {
        return capture.adverts(
                from, advert -> advert.vrid() == vrid && advert.host().equals(host) && advert.priority() > 0);
    }

    /** Advertisements with priority 0 since a time. */
    public List<Frame.Advert> resignations(String host, long from) {
        return capture.adverts(
                from, advert -> advert.vrid() == vrid && advert.host().equals(host) && advert.priority() == 0);
    }

    /** Gratuitous ARPs for an address since a time. */
    public List<Frame.Garp> garps(String host, String address, long from) {
        return capture.since(
                from,
                Frame.Garp.class,
                garp -> garp.host().equals(host) && garp.address().equals(address));
    }

    /** Unsolicited neighbour advertisements for an address since a time. */
    public List<Frame.NeighbourAdvert> neighbourAdverts(String host, String address, long from) {
        return capture.since(
                from,
                Frame.NeighbourAdvert.class,
                advert -> advert.host().equals(host) && advert.address().equals(address));
    }

    /** The last advertisement of a host before a time. */
    public Optional<Frame.Advert> last(String host, long before) {
        return adverts(host, 0).stream().filter(advert -> advert.at() < before).reduce((first, second) -> second);
    }

    /**
     * Who advertised between two times, one entry per uninterrupted reign. A fault without flapping gives two. What the last
     * master sent before it can have heard of the new one is no reign.
     */
    public List<String> reigns(long from, long to) {
        List<String> reigns = new ArrayList<>();
        long began = 0;
        for (var advert : capture.adverts(from, advert -> advert.vrid() == vrid && advert.priority() > 0)) {
            boolean same = !reigns.isEmpty() && reigns.get(reigns.size() - 1).equals(advert.host());
            boolean crossed = reigns.size() > 1
                    && reigns.get(reigns.size() - 2).equals(advert.host())
                    && advert.at() - began < CROSSED_NANOS;
            if (advert.at() <= to && !same && !crossed) {
                reigns.add(advert.host());
                began = advert.at();
            }
        }
        return reigns;
    }
}
