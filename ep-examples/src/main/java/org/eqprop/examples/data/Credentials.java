package org.eqprop.examples.data;

import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The name and the password that the address of a server may hold: given to it, and never shown.
 */
final class Credentials {
  private Credentials() {}

  /** A text with addresses in it, without the names, passwords and queries that they hold. */
  static String without(String text) {
    return text.replaceAll("//[^\\s]*@", "//").replaceAll("(//[^\\s?]*)\\?[^\\s]*", "$1");
  }

  /** Answers the server's question for a name and a password with those of the address, if any. */
  static void give(URI address, HttpURLConnection connection) {
    String user = address.getUserInfo();
    if (user == null) {
      return;
    }
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    String password = colon < 0 ? "" : user.substring(colon + 1);
    connection.setAuthenticator(
        new Authenticator() {
          @Override
          protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            boolean sameHost =
                getRequestorType() == RequestorType.SERVER
                    && getRequestingHost().equalsIgnoreCase(address.getHost());
            return sameHost ? new PasswordAuthentication(name, password.toCharArray()) : null;
          }
        });
  }
}
