package io.halcyon.check.engine;

import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A ConfigurationAdmin that nobody should ask. */
final class NoConfigurations implements ConfigurationAdmin {

    @Override
    public Configuration createFactoryConfiguration(String factoryPid) {
        throw new AssertionError(factoryPid);
    }

    @Override
    public Configuration createFactoryConfiguration(String factoryPid, String location) {
        throw new AssertionError(factoryPid);
    }

    @Override
    public Configuration getConfiguration(String pid, String location) {
        throw new AssertionError(pid);
    }

    @Override
    public Configuration getConfiguration(String pid) {
        throw new AssertionError(pid);
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name, String location) {
        throw new AssertionError(factoryPid);
    }

    @Override
    public Configuration getFactoryConfiguration(String factoryPid, String name) {
        throw new AssertionError(factoryPid);
    }

    @Override
    public Configuration[] listConfigurations(String filter) {
        throw new AssertionError(filter);
    }
}
