namespace CleanSync.Domain.ExchangeIntegrations;

public sealed record PlainHttpIsRefused(string Host)
    : Conflict($"{Host} is to be reached by plain http, where the password would travel readable. Nothing was sent. Change the server address to https.");

public sealed record AddressIsRefused(string Host, string Address, string Reason)
    : Conflict($"{Host} is the address {Address}, and CleanSync does not connect there: {Reason}. Nothing was sent. Correct the server address or the name's DNS entry. "
        + "Only for a simulator on this machine: set Connection:AllowLocalAddresses.");

public sealed record CertificateIssuerIsUnknown(string Host, string Subject, string Issuer, string Fingerprint)
    : Conflict($"{Host} shows the certificate {Subject}, and nobody who is trusted here vouches for it: the chain ends at {Issuer}. Nothing was sent. "
        + $"Give the integration the certificate of your own authority, let the server send its intermediate certificates, or pin this one if its SHA-256 fingerprint is the one that you see on the Exchange server: {Fingerprint}.");

public sealed record CertificateHasExpired(string Host, string Subject, string On)
    : Conflict($"The certificate {Subject} of {Host} expired on {On}. Nothing was sent. Renew it on the Exchange server, or on the proxy that shows it. CleanSync goes on by itself after that.");

public sealed record CertificateIsNotYetValid(string Host, string Subject, string From)
    : Conflict($"The certificate {Subject} of {Host} is valid only from {From}. Nothing was sent. Check the clock of the machine that CleanSync runs on, and the certificate.");

public sealed record CertificateIsForAnotherName(string Host, string Names)
    : Conflict($"The certificate of {Host} is for another name: {Names}. Nothing was sent. Use one of these names in the server address, or give the server a certificate for the name that you use.");

public sealed record CertificateIsNotThePinnedOne(string Host, string Subject, string Fingerprint, string Pinned)
    : Conflict($"{Host} shows the certificate {Subject} with the SHA-256 fingerprint {Fingerprint}, and the integration pins {Pinned}. Nothing was sent. "
        + "If the server's certificate was renewed, pin the new one after comparing it on the Exchange server. If not, something in between opens TLS.");

public sealed record CertificateIsInvalid(string Host, string Reason)
    : Conflict($"The certificate of {Host} cannot be used for a server: {Reason}. Nothing was sent. Give the server another one.");

public sealed record TlsVersionIsTooOld(string Host)
    : Conflict($"{Host} speaks only TLS 1.1 or older, or refuses TLS 1.2 and 1.3. Nothing was sent. Enable TLS 1.2 on the Exchange server, or on the proxy in front of it.");
