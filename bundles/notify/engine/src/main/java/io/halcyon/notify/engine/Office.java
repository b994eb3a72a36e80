package io.halcyon.notify.engine;

import java.nio.file.Path;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all couriers share.
 *
 * @param alarms one thread that ends deliveries whose time is up
 * @param events what there is to tell
 * @param directory where each keeps how far it has come
 */
record Office(Pace pace, ScheduledExecutorService alarms, EventSource events, MaintenanceWatch watch, Path directory) {}
