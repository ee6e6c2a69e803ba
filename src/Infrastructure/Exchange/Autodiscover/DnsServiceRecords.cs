using System.Net.Sockets;
using DnsClient;

namespace CleanSync.Infrastructure.Exchange.Autodiscover;

/// <summary>SRV records from the name servers that the machine is configured with.</summary>
internal static class DnsServiceRecords
{
    public static async Task<IReadOnlyList<ServiceRecord>> Find(string name, CancellationToken ct)
    {
        try
        {
            // Made anew: the machine's name servers may have changed since.
            var lookup = new LookupClient(new LookupClientOptions { Timeout = TimeSpan.FromSeconds(3), Retries = 1, UseCache = false });
            var answer = await lookup.QueryAsync(name, QueryType.SRV, QueryClass.IN, ct).ConfigureAwait(false);
            if (answer.HasError && answer.Header.ResponseCode is not DnsHeaderResponseCode.NotExistentDomain)
                throw new SocketException((int)SocketError.TryAgain);
            return [.. answer.Answers.SrvRecords().Select(r => new ServiceRecord(r.Target.Value, r.Port, r.Priority, r.Weight))];
        }
        catch (Exception failure) when (failure is DnsResponseException or InvalidOperationException)
        {
            throw new SocketException((int)SocketError.TryAgain);
        }
    }
}
