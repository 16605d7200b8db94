namespace MlKit.Tests;

/// <summary>The tests that share the stores; one after the other, because each empties its store.</summary>
[CollectionDefinition(Name)]
public sealed class RedisTests : ICollectionFixture<RedisServers>
{
    public const string Name = "redis";
}
