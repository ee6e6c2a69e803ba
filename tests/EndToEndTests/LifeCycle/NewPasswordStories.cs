using CleanSync.EndToEndTests.Api;
using CleanSync.EndToEndTests.Journeys;
using Xunit;

namespace CleanSync.EndToEndTests.LifeCycle;

/// <summary>A wrong new password over NTLM and TLS, where a refused logon has two causes that look the same.</summary>
public sealed class NewPasswordStories
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Over_NTLM_and_TLS_a_wrong_new_password_is_named_so_and_the_other_cause_is_told(bool stopped)
    {
        await using var office = await Office.Open(
            new Setup("Ntlm", "Impersonation", "Exchange2016"), TestContext.Current.CancellationToken);
        var connecting = new Connecting(office);
        foreach (var step in new[] { connecting.FindsTheAddress, connecting.LooksBeforeSaving, connecting.Connects }) await step();
        await office.Api.Authorize(office.Integration);
        if (stopped) office.Contoso.Account.Password = "New-Password-8";
        for (var i = 0; stopped && i < 2; i++) await office.Api.Send(HttpMethod.Post, $"integrations/{office.Integration}/test");
        var (failed, status) = (office.Contoso.Account.FailedLogons, (await office.Api.Integration(office.Integration)).Text("status"));

        var settings = await office.Api.Settings(office.Integration);
        settings["password"] = "Wrong-Horse-1";
        var (_, problem) = await office.Api.TryChange(office.Integration, settings);
        Assert.Equal("urn:cleansync:new-password-is-refused", problem!.Text("type"));
        Assert.Contains("Extended Protection", problem!.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(
            (failed + 1, status), (office.Contoso.Account.FailedLogons, (await office.Api.Integration(office.Integration)).Text("status")));
    }
}
