using CleanSync.Application.ExchangeIntegrations.Running;
using CleanSync.Domain.ExchangeIntegrations;

namespace CleanSync.Infrastructure.Persistence.Integrations;

/// <summary>
/// Writes beside the settings without raising the row's version: nobody's If-Match fails because a day has passed. What was said of a
/// password that was replaced meanwhile is left out.
/// </summary>
internal sealed class PasswordExpiryNotes(Database database) : IPasswordExpiryNotes
{
    public Task Keep(ExchangeIntegration integration, PasswordExpiry expiry, CancellationToken ct)
    {
        const string sql = """
            update exchange_integrations set password_state = @state, password_expires_at = @ExpiresAt, password_read_at = @ReadAt, password_notice = @Notice, password_of = @credential
            where id = @Id and credential_version = @CredentialVersion and user_name = @UserName
            """;
        var row = new
        {
            integration.Id,
            integration.Account.CredentialVersion,
            integration.Account.UserName,
            state = expiry.State.ToString(),
            expiry.ExpiresAt,
            expiry.ReadAt,
            expiry.Notice,
            credential = ExchangeIntegrationRow.CredentialName(integration.Account),
        };
        return database.Write(async transaction => await transaction.Execute(sql, row) >= 0, ct);
    }
}
