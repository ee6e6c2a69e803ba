using System.Net;
using CleanSync.Application.ExchangeIntegrations.Connecting;
using CleanSync.Infrastructure.Network;
using Xunit;

namespace CleanSync.UnitTests.ExchangeIntegrations;

public sealed class NetworkAddressTests
{
    [Theory]
    [InlineData("10.1.2.3", nameof(AddressKind.Ordinary))]
    [InlineData("172.16.0.1", nameof(AddressKind.Ordinary))]
    [InlineData("192.168.1.5", nameof(AddressKind.Ordinary))]
    [InlineData("203.0.113.7", nameof(AddressKind.Ordinary))]
    [InlineData("2001:db8::7", nameof(AddressKind.Ordinary))]
    [InlineData("fd12:3456::7", nameof(AddressKind.Ordinary))]
    [InlineData("127.0.0.1", nameof(AddressKind.Loopback))]
    [InlineData("127.9.9.9", nameof(AddressKind.Loopback))]
    [InlineData("::1", nameof(AddressKind.Loopback))]
    [InlineData("169.254.0.1", nameof(AddressKind.LinkLocal))]
    [InlineData("fe80::1", nameof(AddressKind.LinkLocal))]
    [InlineData("febf::1", nameof(AddressKind.LinkLocal))]
    [InlineData("169.254.169.254", nameof(AddressKind.CloudMetadata))]
    [InlineData("168.63.129.16", nameof(AddressKind.CloudMetadata))]
    [InlineData("fd00:ec2::254", nameof(AddressKind.CloudMetadata))]
    [InlineData("0.0.0.0", nameof(AddressKind.NoServer))]
    [InlineData("0.1.2.3", nameof(AddressKind.NoServer))]
    [InlineData("::", nameof(AddressKind.NoServer))]
    [InlineData("224.0.0.1", nameof(AddressKind.NoServer))]
    [InlineData("255.255.255.255", nameof(AddressKind.NoServer))]
    [InlineData("ff02::1", nameof(AddressKind.NoServer))]
    public void An_address_is_what_it_stands_for(string address, string kind) =>
        Assert.Equal(kind, AddressKinds.Of(IPAddress.Parse(address)).ToString());

    [Theory]
    [InlineData("::ffff:127.0.0.1", nameof(AddressKind.Loopback))]
    [InlineData("::127.0.0.1", nameof(AddressKind.Loopback))]
    [InlineData("::ffff:169.254.169.254", nameof(AddressKind.CloudMetadata))]
    [InlineData("64:ff9b::a9fe:a9fe", nameof(AddressKind.CloudMetadata))]
    [InlineData("2002:a9fe:0101::1", nameof(AddressKind.LinkLocal))]
    [InlineData("::ffff:0.0.0.0", nameof(AddressKind.NoServer))]
    [InlineData("::ffff:10.1.2.3", nameof(AddressKind.Ordinary))]
    [InlineData("64:ff9b::0a01:0203", nameof(AddressKind.Ordinary))]
    public void An_IPv4_address_inside_an_IPv6_one_is_unwrapped_first(string address, string kind) =>
        Assert.Equal(kind, AddressKinds.Of(IPAddress.Parse(address)).ToString());

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("169.254.169.254", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("239.0.0.1", false)]
    public void In_development_local_addresses_are_allowed_and_the_others_stay_refused(string address, bool allowed) =>
        Assert.Equal(
            allowed,
            new NetworkAddresses(new ConnectionPolicy(AllowPlainHttp: true, AllowLocalAddresses: true)).WhyRefused(address) is null);
}
