using CleanSync.Domain.ExchangeIntegrations;
using CleanSync.EndToEndTests.Hosting;
using CleanSync.ExchangeSimulator.Autodiscover;
using CleanSync.Infrastructure.Security;
using Microsoft.Extensions.DependencyInjection;

namespace CleanSync.EndToEndTests.Credentials;

/// <summary>Integrations at the names of contoso.example: one in each status, each with an account of its own.</summary>
internal sealed class EvilTargets(EvilNetwork network, CleanSyncClient api, CancellationToken ct)
{
    private byte[] sealedPassword = [];

    public async Task<Target> In(IntegrationStatus status, string suffix = "")
    {
        var name = status.ToString().ToLowerInvariant() + suffix;
        var user = $"svc-{name}@contoso.example";
        var id = await Connect(user);
        foreach (var staff in new[] { name, $"mover-{name}" })
        {
            network.Contoso.Exchange.Organisation.AddMailbox(Organisation.Address(staff));
            await api.Link(id, staff);
        }

        if (status is not IntegrationStatus.Draft) await api.Authorize(id);
        await (status switch
        {
            IntegrationStatus.Paused => api.Ok(HttpMethod.Post, $"integrations/{id}/pause", new { reason = "Update" }),
            IntegrationStatus.CredentialRefused => Refuse(id, user),
            IntegrationStatus.Disconnecting => api.Send(
                HttpMethod.Post, $"integrations/{id}/disconnect", new { displayName = "Head office" }),
            IntegrationStatus.PasswordUnreadable => Damage(id),
            _ => Task.CompletedTask,
        });
        var reached = (await api.Integration(id))["status"]!.GetValue<string>();
        return new Target(reached, id, name, $"mover-{name}", user, await api.Settings(id));
    }

    public async Task<Guid> Connect(string user)
    {
        var organisation = network.Contoso.Exchange.Organisation;
        organisation.GrantImpersonation(organisation.AddAccount(user, DiscoverableExchange.Password));
        return (await api.Ok(HttpMethod.Post, "integrations", new
        {
            displayName = "Head office",
            serverAddress = "https://mail.contoso.example/EWS/Exchange.asmx",
            authentication = "Ntlm",
            userName = user,
            password = DiscoverableExchange.Password,
            exchangeVersion = "Exchange2016",
            useImpersonation = true,
            showEventTitles = true,
            horizonMonths = 12,
            reminderMinutes = 15,
            authorityCertificates = network.Contoso.Authority,
        }))["id"]!.GetValue<Guid>();
    }

    private async Task Refuse(Guid id, string user)
    {
        network.Contoso.Exchange.Organisation.Account(user).Password = "Changed-Horse-8";
        // One that worked a moment ago is in doubt at first.
        for (var tries = 0; tries < 2; tries++)
        {
            var (_, problem) = await api.Send(HttpMethod.Post, $"integrations/{id}/test");
            if (problem?["type"]?.GetValue<string>() != "urn:cleansync:logon-is-in-doubt") return;
        }
    }

    /// <summary>The sealed password of another integration does not open here.</summary>
    private async Task Damage(Guid id)
    {
        await using var scope = network.Host.Services.CreateAsyncScope();
        var integrations = scope.ServiceProvider.GetRequiredService<IExchangeIntegrationRepository>();
        sealedPassword = (await integrations.Find(id, ct))!.Account.SealedPassword;
        await Seal(scope, id, (await integrations.All(ct)).First(i => i.Id != id).Account.SealedPassword);
    }

    /// <summary>As if the damaged row had been restored.</summary>
    public async Task Mend(Target target)
    {
        await using var scope = network.Host.Services.CreateAsyncScope();
        await Seal(scope, target.Id, sealedPassword);
    }

    private async Task Seal(AsyncServiceScope scope, Guid id, byte[] password)
    {
        var integrations = scope.ServiceProvider.GetRequiredService<IExchangeIntegrationRepository>();
        var integration = (await integrations.Find(id, ct))!;
        var other = integration with { Account = integration.Account with { SealedPassword = password } };
        if ((await integrations.Save(other, ct)).IsRefused)
            throw new InvalidOperationException("Somebody else has changed the integration.");
        await scope.ServiceProvider.GetRequiredService<SealedPasswords>().Review(ct);
    }
}
