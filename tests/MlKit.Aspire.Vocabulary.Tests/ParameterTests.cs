namespace MlKit.Aspire.Vocabulary;

public sealed class ParameterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddParameter_reads_computes_generates_or_fails()
    {
        using var model = Model.Run("--Parameters:given", "g", "--Parameters:with_dash", "d");
        var builder = model.Builder;
        Assert.Equal("g", await builder.AddParameter("given").Resource.GetValueAsync(Token));
        Assert.Equal("d", await builder.AddParameter("with-dash").Resource.GetValueAsync(Token));
        Assert.Equal("c", await builder.AddParameter("constant", "c").Resource.GetValueAsync(Token));
        Assert.Equal("l", await builder.AddParameter("late", () => "l", secret: true).Resource.GetValueAsync(Token));
        Assert.Equal(30, (await builder.AddParameter("made", new GenerateParameterDefault { MinLength = 30 }).Resource.GetValueAsync(Token))!.Length);
        await Assert.ThrowsAsync<MissingParameterValueException>(() => builder.AddParameter("missing").Resource.GetValueAsync(Token).AsTask());
        Assert.Throws<ArgumentException>(() => builder.AddParameter("both", "x", publishValueAsDefault: true, secret: true));
        Assert.Equal("{given.value}", ((IManifestExpressionProvider)builder.CreateResourceBuilder<ParameterResource>("given").Resource).ValueExpression);
    }

    [Fact]
    public void AddParameter_has_a_default_for_publishers_only_where_that_is_said()
    {
        using var model = Model.Publish();
        Assert.Null(model.Builder.AddParameter("hidden", "x").Resource.Default);
        Assert.Equal("y", model.Builder.AddParameter("open", "y", publishValueAsDefault: true).Resource.Default?.GetDefaultValue());
    }

    [Fact]
    public async Task AddParameterFromConfiguration_reads_a_key_of_its_own()
    {
        using var model = Model.Run("--Some:Key", "v");
        Assert.Equal("v", await model.Builder.AddParameterFromConfiguration("p", "Some:Key").Resource.GetValueAsync(Token));
    }

    [Fact]
    public void WithDescription_explains_the_value()
    {
        using var model = Model.Run();
        var parameter = model.Builder.AddParameter("p").WithDescription("**what** it is", enableMarkdown: true).Resource;
        Assert.Equal(("**what** it is", true), (parameter.Description, parameter.EnableDescriptionMarkdown));
    }

    [Fact]
    public void WithCustomInput_says_how_it_is_asked_for()
    {
        using var model = Model.Run();
        var parameter = model.Builder.AddParameter("p").WithCustomInput(p => new InteractionInput { Name = p.Name, InputType = InputType.Number });
        Assert.Equal(InputType.Number, parameter.Last<InputGeneratorAnnotation>().InputGenerator(parameter.Resource).InputType);
    }

    [Fact]
    public void CreateResourceBuilder_finds_a_resource_by_name_and_type()
    {
        using var model = Model.Run();
        var program = model.Program();
        Assert.Same(program.Resource, model.Builder.CreateResourceBuilder<ExecutableResource>("program").Resource);
        Assert.Throws<InvalidOperationException>(() => model.Builder.CreateResourceBuilder<ContainerResource>("program"));
    }

    [Fact]
    public void TryCreateResourceBuilder_says_whether_there_is_one()
    {
        using var model = Model.Run();
        model.Program();
        Assert.True(model.Builder.TryCreateResourceBuilder<ExecutableResource>("program", out _));
        Assert.False(model.Builder.TryCreateResourceBuilder<ExecutableResource>("nobody", out _));
    }
}
