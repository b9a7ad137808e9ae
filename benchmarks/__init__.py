"""The measurements that `make bench` prints, each beside what it is measured against."""
