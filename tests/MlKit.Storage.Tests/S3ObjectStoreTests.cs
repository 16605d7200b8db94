using System.Net;
using System.Security.Cryptography;
using System.Text;
using MlKit.Storage;

namespace MlKit.Tests;

public sealed class S3ObjectStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_store_is_for_works_on_s3rver()
    {
        await using var server = await S3Rver.StartAsync();
        using var store = new S3ObjectStore(new Uri("s3://bucket/some/prefix"), server.Options);
        await BehavesAsync(store);
    }

    [Fact]
    public async Task What_a_store_is_for_works_on_an_endpoint_with_conditional_writes()
    {
        await using var server = await StandInS3.StartAsync();
        using var store = new S3ObjectStore(new Uri("s3://bucket"), server.Options);
        await BehavesAsync(store);
        Assert.Equal(0, server.OpenUploads);
    }

    [Fact]
    public async Task S3rver_is_refused_at_start_because_it_ignores_conditions()
    {
        await using var server = await S3Rver.StartAsync();
        using var store = new S3ObjectStore(new Uri("s3://bucket"), server.Options);
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => store.RequireConditionalWritesAsync(Stop));
        Assert.Contains($"{server.Options.Endpoint!.AbsoluteUri} (us-east-1) ignores conditional writes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conditions_are_looked_for_once_at_start()
    {
        await using var server = await StandInS3.StartAsync();
        using var store = new S3ObjectStore(new Uri("s3://bucket"), server.Options);
        await store.RequireConditionalWritesAsync(Stop);
        server.IgnoresConditions = true;
        await Assert.ThrowsAsync<NotSupportedException>(() => store.RequireConditionalWritesAsync(Stop));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(9_000_000)]
    public async Task Of_writers_that_saw_the_same_version_one_wins(int size)
    {
        await using var server = await StandInS3.StartAsync();
        using var store = new S3ObjectStore(new Uri("s3://bucket/p"), server.Options);
        var seen = await WriteAsync(store, "registry.db", [1], WriteCondition.IsAbsent);
        await Assert.ThrowsAsync<ObjectChangedException>(() => WriteAsync(store, "registry.db", [2], WriteCondition.IsAbsent));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            try
            {
                await WriteAsync(store, "registry.db", [.. Enumerable.Repeat((byte)writer, size)], WriteCondition.IsStill(seen));
                return 1;
            }
            catch (ObjectChangedException)
            {
                return 0;
            }
        }));

        Assert.Equal(1, outcomes.Sum());
        Assert.Equal(0, server.OpenUploads);
        await store.DeleteAsync("registry.db", Stop);
        await Assert.ThrowsAsync<ObjectChangedException>(() => WriteAsync(store, "registry.db", [3], WriteCondition.IsStill(seen)));
    }

    [Fact]
    public async Task A_source_that_breaks_off_leaves_the_old_object_and_no_open_upload()
    {
        await using var server = await StandInS3.StartAsync();
        using var store = new S3ObjectStore(new Uri("s3://bucket"), server.Options);
        await WriteAsync(store, "model", [7]);
        await Assert.ThrowsAsync<IOException>(() => store.WriteAsync("model", new BreaksOff(10_000_000), null, Stop));
        Assert.Equal([7], await ReadAsync(store, "model"));
        Assert.Equal(0, server.OpenUploads);
    }

    [Fact]
    public async Task A_failing_endpoint_is_named_with_its_answer()
    {
        await using var server = await StandInS3.StartAsync();
        using var store = new S3ObjectStore(new Uri("s3://bucket/p"), server.Options);
        server.Failure = HttpStatusCode.Forbidden;
        var error = await Assert.ThrowsAsync<IOException>(() => store.OpenReadAsync("x", Stop));
        Assert.Contains($"s3://bucket/p/x: the S3 endpoint {server.Options.Endpoint!.AbsoluteUri} (us-east-1) answered 403", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a//x")]
    [InlineData("/x")]
    [InlineData("a\\x")]
    public async Task A_key_that_could_mean_another_place_is_refused(string key)
    {
        using var store = new S3ObjectStore(new Uri("s3://bucket/p"), new S3Options { Endpoint = new Uri("http://127.0.0.1:1") });
        await Assert.ThrowsAsync<ObjectKeyException>(() => store.StatAsync(key, Stop));
    }

    [Theory]
    [InlineData("ENDPOINT", "localhost:9000", "MLKIT__STORAGE__S3__ENDPOINT is 'localhost:9000'; allowed is an http:// or https:// address")]
    [InlineData("SECRETKEY", "hush", "MLKIT__STORAGE__S3__ACCESSKEY and MLKIT__STORAGE__S3__SECRETKEY belong together: set both or neither")]
    public void A_setting_that_is_not_allowed_is_named(string key, string value, string message)
    {
        var error = Assert.Throws<InvalidOperationException>(() => S3Options.Read(name => name == $"MLKIT:STORAGE:S3:{key}" ? value : null));
        Assert.Equal(message, error.Message);
    }

    private static async Task BehavesAsync(S3ObjectStore store)
    {
        var large = new byte[20_000_000];
        new Random(1).NextBytes(large);
        Assert.Null(await store.StatAsync("a/one", Stop));
        await Assert.ThrowsAsync<FileNotFoundException>(() => store.OpenReadAsync("a/one", Stop));

        await WriteAsync(store, "a/one", "first"u8.ToArray());
        var info = await WriteAsync(store, "a/one", "other"u8.ToArray());
        await WriteAsync(store, "a/deep er/two ü+&.bin", large);
        await WriteAsync(store, "a/empty", []);
        await WriteAsync(store, "ab", "beside"u8.ToArray());
        await WriteAsync(store, "z", "last"u8.ToArray());

        Assert.Equal("other", Encoding.UTF8.GetString(await ReadAsync(store, "a/one")));
        Assert.Equal((5L, info.ETag), await store.StatAsync("a/one", Stop) is { } stat ? (stat.Size, stat.ETag) : default);
        Assert.Equal(SHA256.HashData(large), SHA256.HashData(await ReadAsync(store, "a/deep er/two ü+&.bin")));
        Assert.Equal(
            [new ObjectEntry("deep er", true, 0), new ObjectEntry("empty", false, 0), new ObjectEntry("one", false, 5)],
            await store.ListAsync("a", Stop));
        Assert.Equal(["a", "ab", "z"], (await store.ListAsync("", Stop)).Select(entry => entry.Name));
        Assert.Empty(await store.ListAsync("missing", Stop));
        await WriteAsync(store, "a/b/c/d", [1, 2]);
        Assert.Equal(
            [new ObjectEntry("b/c/d", false, 2), new ObjectEntry("deep er/two ü+&.bin", false, large.Length), new ObjectEntry("empty", false, 0), new ObjectEntry("one", false, 5)],
            await store.ListTreeAsync("a", Stop));
        Assert.Equal(["a/b/c/d", "a/deep er/two ü+&.bin", "a/empty", "a/one", "ab", "z"], (await store.ListTreeAsync("", Stop)).Select(entry => entry.Name));
        Assert.Empty(await store.ListTreeAsync("missing", Stop));

        Assert.True(await store.DeleteAsync("a", Stop));
        Assert.False(await store.DeleteAsync("a", Stop));
        Assert.Equal(["ab", "z"], (await store.ListAsync("", Stop)).Select(entry => entry.Name));
    }

    private static Task<ObjectInfo> WriteAsync(S3ObjectStore store, string key, byte[] content, WriteCondition? condition = null) =>
        store.WriteAsync(key, new MemoryStream(content), condition, Stop);

    private static async Task<byte[]> ReadAsync(S3ObjectStore store, string key)
    {
        await using var stream = await store.OpenReadAsync(key, Stop);
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, Stop);
        return content.ToArray();
    }

    private sealed class BreaksOff(int after) : MemoryStream(new byte[after])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("the source broke off");
    }
}
