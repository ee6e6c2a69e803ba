using CleanSync.EndToEndTests.Hosting;
using Xunit;

namespace CleanSync.EndToEndTests.Credentials;

/// <summary>Logons that were sent, and whose answer never came: the directory may have counted them.</summary>
public sealed class UnansweredLogonStories : AccountStories
{
    [Theory]
    [InlineData("Ntlm")]
    [InlineData("Basic")]
    public async Task A_logon_that_was_sent_and_never_answered_counts_as_a_wrong_one_and_a_server_that_is_away_does_not(string scheme)
    {
        var entered = Entered(Here, scheme);
        var away = Entered(Here, scheme);
        away["serverAddress"] = "http://127.0.0.1:1/EWS/Exchange.asmx";
        for (var i = 0; i < 3; i++)
            await Api.Ok(HttpMethod.Post, "integrations/diagnosis", With(away, Organisation.AccountName, "Wrong-0"));
        for (var i = 0; i < 2; i++) Assert.Equal("exchange-is-unreachable", await Lost(() => Diagnosed(entered, Organisation.Password)));
        Assert.Equal("too-many-wrong-passwords", await Diagnosed(entered, "Wrong-1"));

        Assert.Equal("", Logon(await Api.Ok(HttpMethod.Post, "integrations/diagnosis", Anyway())));
        Assert.Equal("credential-refused", await Diagnosed(entered, "Wrong-2"));
        Assert.Equal("credential-refused", await Diagnosed(entered, "Wrong-3"));
        Assert.Equal(2, Failed);

        System.Text.Json.Nodes.JsonObject Anyway()
        {
            var body = With(entered, Organisation.AccountName, Organisation.Password);
            body["tryAnyway"] = true;
            return body;
        }
    }

    [Theory]
    [InlineData("Ntlm", "authorize")]
    [InlineData("Basic", "authorize")]
    [InlineData("Ntlm", "test")]
    [InlineData("Ntlm", "preview")]
    public async Task A_server_that_never_answers_gets_the_password_of_a_draft_twice_however_often_it_is_asked(string scheme,
        string request)
    {
        var draft = await Api.Connect(Here.Exchange.EwsUrl, scheme);
        for (var i = 0; i < 2; i++) await Lost(() => Api.Send(HttpMethod.Post, $"integrations/{draft}/{request}"));
        var sent = Succeeded;
        for (var i = 0; i < 18; i++) Assert.Equal(Held, await Problem(HttpMethod.Post, $"integrations/{draft}/{request}"));
        Assert.Equal((sent, 0), (Succeeded, Failed));
        Clock.Advance(TimeSpan.FromMinutes(30));
        await Api.Ok(HttpMethod.Post, $"integrations/{draft}/{request}");
    }

    [Theory]
    [InlineData("Ntlm")]
    [InlineData("Basic")]
    public async Task A_connection_that_works_and_loses_answers_is_never_held(string scheme)
    {
        var integration = await Api.Begin(Here, "anna", scheme);
        for (var i = 0; i < 4; i++)
        {
            Clock.Advance(TimeSpan.FromMinutes(11));
            await Lost(() => Api.TrySync("anna"), "SyncFolderItems");
            await Lost(() => Api.Send(HttpMethod.Post, $"integrations/{integration}/test"));
        }

        Clock.Advance(TimeSpan.FromMinutes(11));
        await Api.Sync("anna");
        Assert.Equal(0, Failed);
    }

    /// <summary>The call is carried out, and its answer does not come until the caller's patience has ended.</summary>
    private async Task<T> Lost<T>(Func<Task<T>> call, string operation = "GetFolder")
    {
        var answer = Here.Exchange.Faults.WithholdNext(operation);
        var asked = call();
        if (await Task.WhenAny(asked, answer.Reached.WaitAsync(Ct)) == asked) Assert.Fail($"Nothing was sent: {await asked}");
        Clock.Advance(TimeSpan.FromMinutes(2));
        var outcome = await asked;
        answer.Release();
        return outcome;
    }
}
