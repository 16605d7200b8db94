using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Tests.Runtime;

namespace MlKit.Aspire.Embedded.Tests.Model;

public sealed class ParameterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--Parameters:my-key")]
    [InlineData("--Parameters:my_key")]
    public async Task A_dash_may_be_written_as_an_underscore(string key)
    {
        var parameter = Model.Run(_folder, key, "v").AddParameter("my-key");
        Assert.Equal("v", await parameter.Resource.GetValueAsync(Token));
        Assert.Equal("{my-key.value}", parameter.Resource.ValueExpression);
    }

    [Fact]
    public async Task A_missing_value_says_where_it_belongs()
    {
        var parameter = Model.Run(_folder).AddParameter("my-key");
        var missing = await Assert.ThrowsAsync<MissingParameterValueException>(async () => await parameter.Resource.GetValueAsync(Token));
        Assert.Contains("'Parameters:my-key'", missing.Message, StringComparison.Ordinal);
        Assert.Contains("Parameters__my_key", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_constant_is_published_only_where_that_was_asked_for()
    {
        var builder = Model.Publish(_folder);
        Assert.Null(builder.AddParameter("a", "x").Resource.Default);
        var published = builder.AddParameter("b", "x", publishValueAsDefault: true).Resource;
        Assert.Equal("x", published.Default!.GetDefaultValue());
        Assert.Equal("x", await published.GetValueAsync(Token));
    }

    [Fact]
    public void A_secret_is_never_published_as_a_default() =>
        Assert.Throws<ArgumentException>(() => Model.Run(_folder).AddParameter("a", "x", publishValueAsDefault: true, secret: true));

    [Fact]
    public async Task A_key_of_its_own_is_read()
    {
        var parameter = Model.Run(_folder, "--Some:Key", "v").AddParameterFromConfiguration("p", "Some:Key");
        Assert.Equal("v", await parameter.Resource.GetValueAsync(Token));
    }

    [Fact]
    public async Task A_generated_value_is_found_again_on_the_next_run_and_readable_by_its_owner_only()
    {
        var first = await Generated(Model.Run(_folder));
        Assert.Equal(first, await Generated(Model.Run(_folder)));
        var file = Model.Run(_folder).UserSecretsManager.FilePath;
        Assert.StartsWith(_folder.Path, file, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_configured_value_wins_over_a_generated_one()
    {
        await Generated(Model.Run(_folder));
        Assert.Equal("mine", await Generated(Model.Run(_folder, "--Parameters:pw", "mine")));
    }

    [Fact]
    public void Publishing_stores_nothing_and_keeps_how_the_value_is_generated()
    {
        var builder = Model.Publish(_folder);
        var parameter = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, "pw");
        Assert.Equal(22, Assert.IsType<GenerateParameterDefault>(parameter.Default).MinLength);
        Assert.False(File.Exists(builder.UserSecretsManager.FilePath));
    }

    [Fact]
    public void A_generated_value_has_the_characters_that_were_asked_for()
    {
        var value = new GenerateParameterDefault { MinLength = 40, Special = false, MinUpper = 20, MinNumeric = 10 }.GetDefaultValue();
        Assert.Equal(40, value.Length);
        Assert.True(value.Count(char.IsAsciiLetterUpper) >= 20);
        Assert.True(value.Count(char.IsAsciiDigit) >= 10);
        Assert.All(value, c => Assert.True(char.IsAsciiLetterOrDigit(c)));
        Assert.All(
            new GenerateParameterDefault { MinLength = 200 }.GetDefaultValue(),
            c => Assert.True(char.IsAsciiLetterOrDigit(c) || "-_.{}~()*+!".Contains(c)));
    }

    [Fact]
    public void A_group_that_is_excluded_and_asked_for_is_refused() =>
        Assert.Throws<ArgumentException>(() => new GenerateParameterDefault { Lower = false, MinLower = 1 }.GetDefaultValue());

    private static async Task<string?> Generated(IDistributedApplicationBuilder builder) =>
        await ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, "pw").GetValueAsync(Token);
}
