using CleanSync.Application.Secrets;
using CleanSync.Domain;

namespace CleanSync.Infrastructure.Persistence.Integrations;

internal sealed class PasswordSeals(Database database, ISecretVault vault) : IPasswordSeals
{
    /// <summary>
    /// The rows are locked, and their version is raised: whoever has read one before cannot write the former seal back. The credential is
    /// the same, so nothing has to be proved again.
    /// </summary>
    public async Task<Result<RotatedKey>> SealAnew(CancellationToken ct)
    {
        const string all = "select id, sealed_password from exchange_integrations order by id";
        const string renew = "update exchange_integrations set sealed_password = @SealedPassword, version = version + 1 where id = @Id";
        Result<RotatedKey> outcome = new RotatedKey(0);
        await database.Write(
            async transaction =>
            {
                var rows = await transaction.QueryLocked<Row>(all, new { });
                var anew = new List<Row>(rows.Count);
                foreach (var row in rows)
                {
                    var opened = vault.Open(row.Id, Convert.FromBase64String(row.SealedPassword));
                    var sealing = opened.Refusal is { } shut ? shut : vault.Seal(row.Id, opened.Value);
                    if (sealing.Refusal is { } refusal)
                    {
                        outcome = refusal;
                        return false;
                    }

                    anew.Add(row with { SealedPassword = Convert.ToBase64String(sealing.Value) });
                }

                outcome = new RotatedKey(anew.Count);
                return await transaction.AffectsEach(renew, anew);
            },
            ct);
        return outcome;
    }

    private sealed record Row
    {
        public Guid Id { get; init; }

        public string SealedPassword { get; init; } = "";
    }
}
