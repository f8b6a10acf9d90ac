// Says where the headers of libchafa and GLib are (pkg-config); CChafa and CDigest load the libraries.
