"""The file of a backup: a tar archive, its checksum, and around both the encryption.

1. A tar archive (POSIX, padded to 10,240 bytes as tar does), whose last member `SHA256SUMS` has the checksum of each
   member before it, in the format of `sha256sum`.
2. Behind it 65 bytes: the SHA-256 of all that, as 64 hexadecimal digits, and a line feed. `tar` does not mind them.
3. If there is a key, all of this is encrypted in the format of age (https://age-encryption.org/v1).

So any backup can be opened without the portal: `age --decrypt --identity KEY FILE | tar --extract`, then
`sha256sum --check SHA256SUMS`.
Nothing is ever gone back in: a backup of any size passes through a little memory.
"""

SUMS = "SHA256SUMS"
TRAILER = 65  # bytes behind the archive
CHUNK = 1024**2  # bytes that are handled at once
AGE = b"age-encryption.org/v1\n"  # with which an encrypted file begins
