using System.Net;

namespace MlKit.Tests;

/// <summary>Artifacts in a bucket of S3-compatible storage instead of a folder.</summary>
public sealed class ObjectStorageTests
{
    private const string Files = "api/2.0/mlflow-artifacts/artifacts/";

    [Fact]
    public async Task Artifacts_of_any_size_go_to_the_bucket_and_come_back()
    {
        await using var bucket = await StandInS3.StartAsync();
        await using var server = await StartAsync(bucket);
        using var api = new Wire(server.Address);
        var large = new byte[20_000_000];
        Random.Shared.NextBytes(large);
        var info = await api.CreateRunAsync();
        var root = info["artifact_uri"]!.GetValue<string>()["mlflow-artifacts:/".Length..];
        foreach (var (name, content) in (List<(string, byte[])>)[("d/large.bin", large), ("d/empty.txt", []), ("é b.txt", "x"u8.ToArray())])
        {
            Assert.Equal(HttpStatusCode.OK, await api.PutArtifactAsync($"{root}/{name}", content));
            Assert.Equal(content, await api.Http.GetByteArrayAsync(Files + $"{root}/{name}", TestContext.Current.CancellationToken));
        }

        var listed = (await api.ReadAsync($"artifacts/list?run_id={info["run_id"]}&path=d"))["files"]!.AsArray();
        Assert.Equal(["d/empty.txt", "d/large.bin"], listed.Select(file => file!["path"]!.GetValue<string>()));
        Assert.Equal(large.Length, listed[1]!["file_size"]!.GetValue<long>());
        Assert.False(Directory.Exists(Path.Combine(server.State, "artifacts")), "nothing is kept on this machine");

        using var deleted = await api.Http.DeleteAsync(Files + $"{root}/d", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        using var gone = await api.Http.GetAsync(Files + $"{root}/d/large.bin", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(0, bucket.OpenUploads);
    }

    [Fact]
    public async Task A_bucket_that_fails_is_a_503_that_names_no_inside()
    {
        await using var bucket = await StandInS3.StartAsync();
        await using var server = await StartAsync(bucket);
        using var api = new Wire(server.Address);
        bucket.Failure = HttpStatusCode.Forbidden;
        using var answer = await api.Http.GetAsync(Files + "0/x", TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("TEMPORARILY_UNAVAILABLE", text, StringComparison.Ordinal);
        Assert.DoesNotContain("bucket-name", text, StringComparison.Ordinal);
    }

    private static Task<TrackingProcess> StartAsync(StandInS3 bucket) => TrackingProcess.StartAsync(
        ("MLKIT__TRACKING__ARTIFACTS", "s3://bucket-name/mlflow"),
        ("MLKIT__STORAGE__S3__ENDPOINT", bucket.Options.Endpoint!.AbsoluteUri),
        ("MLKIT__STORAGE__S3__ACCESSKEY", "key"), ("MLKIT__STORAGE__S3__SECRETKEY", "secret"));
}
