using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Tests.Runtime;

namespace MlKit.Aspire.Embedded.Tests.Model;

public sealed class NameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("1api")]
    [InlineData("my_api")]
    [InlineData("my--api")]
    [InlineData("api-")]
    [InlineData("-api")]
    [InlineData("épi")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public void A_name_that_breaks_a_rule_is_refused_when_the_resource_is_made(string name) =>
        Assert.Throws<ArgumentException>(() => Model.Run(_folder).AddParameter(name));

    [Theory]
    [InlineData("a")]
    [InlineData("Api-2-b")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public void A_name_within_the_rules_is_kept_as_written(string name) =>
        Assert.Equal(name, Model.Run(_folder).AddParameter(name).Resource.Name);

    [Fact]
    public void Two_names_that_differ_in_case_only_are_refused()
    {
        var builder = Model.Run(_folder);
        builder.AddContainer("cache", "redis");
        var refused = Assert.Throws<DistributedApplicationException>(() => builder.AddContainer("Cache", "redis"));
        Assert.Contains("'Cache'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_duplicate_put_into_the_collection_directly_is_found_by_Build()
    {
        var builder = Model.Run(_folder);
        builder.AddContainer("cache", "redis");
        builder.Resources.Add(new ContainerResource("CACHE"));
        Assert.Throws<DistributedApplicationException>(builder.Build);
    }

    [Fact]
    public void An_unknown_operation_is_refused_with_those_allowed()
    {
        var refused = Assert.Throws<DistributedApplicationException>(() => Model.Run(_folder, "--operation", "destroy"));
        Assert.Contains("run, publish, inspect", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis", "redis", "latest", null)]
    [InlineData("ghcr.io/org/app:1.2", "ghcr.io/org/app", "1.2", null)]
    [InlineData("localhost:5000/app", "localhost:5000/app", "latest", null)]
    [InlineData("app@sha256:abc", "app", null, "abc")]
    public void An_image_reference_is_taken_apart(string image, string name, string? tag, string? digest)
    {
        var annotation = Model.Run(_folder).AddContainer("c", image).Resource.Annotations.OfType<ContainerImageAnnotation>().Single();
        Assert.Equal((name, tag, digest, null), (annotation.Image, annotation.Tag, annotation.SHA256, annotation.Registry));
    }
}
