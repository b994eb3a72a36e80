package io.halcyon.vrrp.engine.loop;

/** What only one router may have at a time. */
record Place(String networkInterface, int vrid) {

    static Place of(RouterSettings settings) {
        return new Place(settings.networkInterface(), settings.protocol().vrid());
    }
}
