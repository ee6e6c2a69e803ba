namespace CleanSync.Domain.ExchangeIntegrations;

/// <summary>How the service account logs on. NTLM means NTLMv2.</summary>
public enum AuthenticationType
{
    Basic,
    Ntlm,
}
