using CleanSync.Domain.ExchangeIntegrations;
using FluentValidation;

namespace CleanSync.Application.ExchangeIntegrations.Connecting;

internal sealed class ServerTrustValidator : AbstractValidator<ServerTrust>
{
    private const int LongestPem = 64 * 1024;

    public ServerTrustValidator()
    {
        RuleFor(t => t.Authorities).Cascade(CascadeMode.Stop)
            .Must(pem => pem!.Length <= LongestPem).WithMessage("Expected at most 64 KiB of certificates.")
            .Must(pem => !pem!.Contains("PRIVATE KEY", StringComparison.Ordinal))
            .WithMessage("Send the certificates only: this text holds a private key, which never leaves its own machine.")
            .Must(pem => AuthorityCertificate.TryRead(pem!, out var found) && found.Count > 0)
            .WithMessage(
                "Expected one or several certificates in PEM, each between -----BEGIN CERTIFICATE----- and -----END CERTIFICATE-----.")
            .Must(pem => AuthorityCertificate.Read(pem).Any(c => c.Subject == c.Issuer))
            .WithMessage("The root certificate is missing: at least one certificate must be issued by itself.")
            .Lines()
            .When(t => t.Authorities is not null).OverridePropertyName("authorityCertificates");
        RuleFor(t => t.Pin).Must(pin => pin is null || (pin.Length == 64 && pin.All(char.IsAsciiHexDigit)))
            .OverridePropertyName("pinnedCertificate")
            .WithMessage("Expected the SHA-256 fingerprint of the server's certificate: 64 hexadecimal digits, with or without colons.");
        RuleFor(t => t.Pin).Null().When(t => t.Authorities is not null).OverridePropertyName("pinnedCertificate")
            .WithMessage("Give either authority certificates or a pinned certificate: a pinned certificate is believed whoever issued it.");
    }
}
