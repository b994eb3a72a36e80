package io.halcyon.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** The key and the certificates that a client shows. */
final class ClientKey {

    private static final char[] IN_MEMORY_ONLY = "memory".toCharArray();

    private ClientKey() {}

    static KeyManager[] read(TlsOptions.ClientCertificate files) {
        var chain = PemFile.read(files.chainFile()).certificates();
        var key = PemFile.read(files.keyFile()).privateKey();
        if (!belong(key, chain.get(0).getPublicKey())) {
            throw strangers(files.keyFile(), files.chainFile());
        }
        try {
            var store = PemFile.emptyStore();
            store.setKeyEntry("client", key, IN_MEMORY_ONLY, chain.toArray(X509Certificate[]::new));
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, IN_MEMORY_ONLY);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw PemFile.refused(files.chainFile(), Sentence.oneLine(e), "a chain that begins with the client's");
        }
    }

    private static boolean belong(PrivateKey key, PublicKey certified) {
        var algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update((byte) 1);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update((byte) 1);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static IllegalArgumentException strangers(Path keyFile, Path chainFile) {
        return PemFile.refused(
                keyFile,
                "it is not the key of the first certificate in " + chainFile,
                "the private key of the client's certificate, which comes first in its file");
    }
}
