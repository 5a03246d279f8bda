/**
 * A certificate for 127.0.0.1 that nobody has signed but itself, as a firewall that looks into encrypted connections shows
 * one. Made for these tests, valid until the next century; it guards nothing.
 */
export const SELF_SIGNED = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgUal0aP4pN315Olmt
dPen2+SUj5UchPZiuEdTgSxx7rShRANCAAQHxj/gRJS4NTrlNO0eRASslKG9N1G6
qmQiXKsjvNMx/yjfPftTDxU19eXwf14cBFRV5rjAQrInP/9Y/dUNY9h7
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBjzCCATagAwIBAgIUC6yj3rial97lm9XYAvlf6qtx950wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyODExMzQzNVoYDzIxMjYxMTA0
MTEzNDM1WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQHxj/gRJS4NTrlNO0eRASslKG9N1G6qmQiXKsjvNMx/yjfPftTDxU1
9eXwf14cBFRV5rjAQrInP/9Y/dUNY9h7o2QwYjAdBgNVHQ4EFgQUf/qYdgxJAFWm
GsSZOhM5EjAl9xAwHwYDVR0jBBgwFoAUf/qYdgxJAFWmGsSZOhM5EjAl9xAwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0cAMEQC
IAEksrFEvYg3Fj5yP80vwD3MFdUVDDQ+JNH28Bhdju6BAiBBLRnrEyZM0QLQKNA/
dOJ482r1V2x5HU5i7JcEur+0CA==
-----END CERTIFICATE-----`,
};
